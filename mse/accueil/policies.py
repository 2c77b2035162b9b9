"""Permissions on the audience figures."""

from mse.annuaire.policies import tient_annuaire
from mse.comptes.models import Compte


def peut_voir_audience(compte: Compte | None) -> bool:
    """Animateurs and administrateurs only."""
    return tient_annuaire(compte)
