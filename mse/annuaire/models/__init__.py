"""Models of the directory: territoires, thèmes, acteurs, their compétences and appartenances."""

from mse.annuaire.models.absences import Absence
from mse.annuaire.models.acteurs import Acteur, Appartenance, Competence, Nature
from mse.annuaire.models.changements import Changement, NatureChangement, RoleAuteur
from mse.annuaire.models.territoires import (
    Commune,
    Niveau,
    Territoire,
    Theme,
    dire_commune,
    read_departement,
    update_unless_edited,
)

__all__ = [
    "Absence",
    "Acteur",
    "Appartenance",
    "Changement",
    "Commune",
    "Competence",
    "Nature",
    "NatureChangement",
    "Niveau",
    "RoleAuteur",
    "Territoire",
    "Theme",
    "dire_commune",
    "read_departement",
    "update_unless_edited",
]
