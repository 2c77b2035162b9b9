"""Use cases of the owner of a saisine: take up, add a step, answer, solve, abandon, reopen."""
