"""Public interface of `mse.suivis` for higher capabilities, with its models, events, queries, policies."""

from mse.suivis.commencer import suivre_aussi
from mse.suivis.libelles import OBJETS, dire_nouvelle
from mse.suivis.workflow import PLAFOND, Objet

__all__ = ["OBJETS", "PLAFOND", "Objet", "dire_nouvelle", "suivre_aussi"]
