"""Permissions on merges."""

from mse.comptes.models import Compte
from mse.doublons.models import DoublonProbable
from mse.fiches.models import Fiche
from mse.fiches.policies import est_animateur, peut_orienter

__all__ = ["est_animateur", "peut_ecarter", "peut_reunir"]


def peut_reunir(compte: Compte | None, fiche: Fiche) -> bool:
    """An animateur merges and separates public fiches."""
    return peut_orienter(compte, fiche)


def peut_ecarter(compte: Compte | None, _paire: DoublonProbable) -> bool:
    """An animateur says that two fiches are about two problems."""
    return est_animateur(compte)
