"""Permissions on assignments, exports and saved filters."""

from mse.annuaire.models import Acteur
from mse.comptes.models import Compte
from mse.fiches.models import Saisine
from mse.fiches.policies import peut_traiter
from mse.representation.policies import roles_de


def peut_attribuer(compte: Compte | None, saisine: Saisine) -> bool:
    """The agents of the owner see and change the assignment of a saisine; nobody else."""
    return peut_traiter(compte, saisine)


def peut_exporter(compte: Compte | None, acteur: Acteur) -> bool:
    """The agents of the acteur download its saisines with their assignment; nobody else."""
    return acteur.id in roles_de(compte).agent_de


def peut_garder_filtre(compte: Compte | None, acteur: Acteur) -> bool:
    """The agents of the acteur read, add and delete the filters that they share; nobody else."""
    return acteur.id in roles_de(compte).agent_de
