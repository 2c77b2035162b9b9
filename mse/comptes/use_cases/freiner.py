"""Count the attempts that `rate_limits` limits."""

from mse.core.rate_limit import Attempt, Limit, count_attempt
from mse.core.use_cases import use_case


@use_case
def enregistrer_echec(limites: list[Limit]) -> Attempt:
    """Count an attempt as a failure, in its own transaction."""
    return count_attempt(limites)
