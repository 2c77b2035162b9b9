"""Permissions on the audience figures."""

from mse.annuaire.policies import tient_annuaire
from mse.comptes.models import Compte


def peut_voir_audience(compte: Compte | None) -> bool:
    """The association's team and the administrators."""
    return tient_annuaire(compte)
