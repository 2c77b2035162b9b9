"""Public interface of `mse.initiatives` for higher capabilities, with its models, events, queries,
policies."""

from mse.initiatives.libelles import STATUTS
from mse.initiatives.workflow import OUVERTS, Statut

__all__ = [
    "OUVERTS",
    "STATUTS",
    "Statut",
]
