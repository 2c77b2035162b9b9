"""Use cases of fiches: write, file, answer, follow up, moderate."""
