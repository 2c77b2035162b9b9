"""Who is who: territoires, thèmes, acteurs and what they answer for, promotions and their mandats."""

from mse.annuaire.models.acteurs import Acteur, Appartenance, Competence, Nature
from mse.annuaire.models.promotions import PETITE_PROMOTION, Mandat, Promotion, RoleMandat, designer
from mse.annuaire.models.territoires import Commune, Niveau, Territoire, Theme

__all__ = [
    "PETITE_PROMOTION",
    "Acteur",
    "Appartenance",
    "Commune",
    "Competence",
    "Mandat",
    "Nature",
    "Niveau",
    "Promotion",
    "RoleMandat",
    "Territoire",
    "Theme",
    "designer",
]
