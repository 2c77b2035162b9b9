"""Public interface of `mse.soutiens` for higher capabilities, with its models, events, queries, policies."""

from mse.soutiens.compter import count_again
from mse.soutiens.libelles import dire_aussi

__all__ = ["count_again", "dire_aussi"]
