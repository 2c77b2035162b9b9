"""Public interface of `mse.suivis` for higher capabilities, with its models, events, queries, policies."""

from mse.suivis.libelles import NOUVELLES

__all__ = ["NOUVELLES"]
