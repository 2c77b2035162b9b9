"""Public interface of `mse.suivis` for higher capabilities, with its models, events, queries, policies."""

from mse.suivis.commencer import suivre_aussi
from mse.suivis.libelles import NOUVELLES, OBJETS
from mse.suivis.workflow import PLAFOND, Objet

__all__ = ["NOUVELLES", "OBJETS", "PLAFOND", "Objet", "suivre_aussi"]
