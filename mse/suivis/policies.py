"""Permissions on follows."""

from mse.comptes.models import Compte
from mse.suivis.models import Suivi


def peut_arreter(compte: Compte | None, suivi: Suivi) -> bool:
    """The account that follows, and nobody else. Others do not learn that the follow exists."""
    return compte is not None and suivi.compte_id == compte.id
