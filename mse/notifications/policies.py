"""Permissions on notifications and on the addresses that they do not reach."""

from mse.annuaire.policies import tient_annuaire
from mse.comptes.models import Compte


def peut_voir_refus(compte: Compte | None) -> bool:
    """Animateurs and administrateurs see which people their mails do not reach. No address is displayed."""
    return tient_annuaire(compte)
