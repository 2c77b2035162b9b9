"""Models of representation: promotions, their elections and their mandats."""

from mse.representation.models.elections import Election, NatureElection
from mse.representation.models.promotions import PETITE_PROMOTION, Mandat, Promotion, RoleMandat, designer
from mse.representation.models.representation import DELAI_ELECTION, Representation, Situation, representation

__all__ = [
    "DELAI_ELECTION",
    "PETITE_PROMOTION",
    "Election",
    "Mandat",
    "NatureElection",
    "Promotion",
    "Representation",
    "RoleMandat",
    "Situation",
    "designer",
    "representation",
]
