"""What the capabilities above use of initiatives besides models, events, queries and policies."""

from mse.initiatives.libelles import STATUTS
from mse.initiatives.workflow import OUVERTS, Statut

__all__ = [
    "OUVERTS",
    "STATUTS",
    "Statut",
]
