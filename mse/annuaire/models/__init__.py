"""Who is who: territoires, thèmes, acteurs and what they answer for, promotions and their mandats."""

from mse.annuaire.models.acteurs import Acteur, Appartenance, Competence, Nature
from mse.annuaire.models.changements import Changement, NatureChangement, RoleAuteur
from mse.annuaire.models.elections import Election, NatureElection
from mse.annuaire.models.imports import EtatImport, ImportOrganismes
from mse.annuaire.models.promotions import PETITE_PROMOTION, Mandat, Promotion, RoleMandat, designer
from mse.annuaire.models.representation import DELAI_ELECTION, Representation, Situation, representation
from mse.annuaire.models.territoires import (
    Commune,
    Niveau,
    Territoire,
    Theme,
    dire_commune,
    read_departement,
    take_over,
)

__all__ = [
    "DELAI_ELECTION",
    "PETITE_PROMOTION",
    "Acteur",
    "Appartenance",
    "Changement",
    "Commune",
    "Competence",
    "Election",
    "EtatImport",
    "ImportOrganismes",
    "Mandat",
    "Nature",
    "NatureChangement",
    "NatureElection",
    "Niveau",
    "Promotion",
    "Representation",
    "RoleAuteur",
    "RoleMandat",
    "Situation",
    "Territoire",
    "Theme",
    "designer",
    "dire_commune",
    "read_departement",
    "representation",
    "take_over",
]
