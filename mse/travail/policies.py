"""Permissions on the work of a team."""

from mse.comptes.models import Compte
from mse.fiches.models import Saisine
from mse.fiches.policies import peut_traiter


def peut_attribuer(compte: Compte | None, saisine: Saisine) -> bool:
    """The agents of the owner see and decide who of them has the saisine; nobody else."""
    return peut_traiter(compte, saisine)
