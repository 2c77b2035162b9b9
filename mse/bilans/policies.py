"""Permissions on the figures and the reports of acteurs."""

from mse.annuaire.policies import tient_annuaire
from mse.comptes.models import Compte


def peut_voir_difficultes(compte: Compte | None) -> bool:
    """Animateurs and administrateurs compare the acteurs; nobody else."""
    return tient_annuaire(compte)
