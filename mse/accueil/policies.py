"""Who sees how many people come."""

from mse.annuaire.policies import tient_annuaire
from mse.comptes.models import Compte


def peut_voir_audience(compte: Compte | None) -> bool:
    """The association's team and whoever runs the instance."""
    return tient_annuaire(compte)
