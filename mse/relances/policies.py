"""Permissions on reminders."""

from mse.annuaire.models import Acteur
from mse.annuaire.policies import est_animateur
from mse.comptes.models import Compte
from mse.fiches.models import Saisine


def peut_relancer(compte: Compte | None, saisine: Saisine) -> bool:
    """An animateur reminds the owner of a saisine of a public fiche."""
    return est_animateur(compte) and saisine.fiche.est_publique


def peut_relancer_acteur(compte: Compte | None, _acteur: Acteur) -> bool:
    """An animateur reminds an acteur of all its late answers."""
    return est_animateur(compte)
