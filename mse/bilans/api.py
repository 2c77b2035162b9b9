"""Public interface of `mse.bilans` for higher capabilities, with its models, events, queries and policies."""

from mse.bilans.libelles import dire_delai, dire_raison

__all__ = ["dire_delai", "dire_raison"]
