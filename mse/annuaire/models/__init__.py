"""Who is who: territoires, thèmes, acteurs and what they answer for, promotions and their mandats."""

from mse.annuaire.models.acteurs import Acteur, Appartenance, Competence, Nature
from mse.annuaire.models.changements import Changement, NatureChangement, RoleAuteur
from mse.annuaire.models.promotions import PETITE_PROMOTION, Mandat, Promotion, RoleMandat
from mse.annuaire.models.territoires import Commune, Niveau, Territoire, Theme, take_over

__all__ = [
    "PETITE_PROMOTION",
    "Acteur",
    "Appartenance",
    "Changement",
    "Commune",
    "Competence",
    "Mandat",
    "Nature",
    "NatureChangement",
    "Niveau",
    "Promotion",
    "RoleAuteur",
    "RoleMandat",
    "Territoire",
    "Theme",
    "take_over",
]
