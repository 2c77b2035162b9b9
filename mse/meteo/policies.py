"""Permissions on bulletins. The weather itself is public."""

from mse.annuaire.policies import est_animateur
from mse.comptes.models import Compte
from mse.meteo.models import Bulletin


def peut_composer(compte: Compte | None) -> bool:
    """Animateurs only."""
    return est_animateur(compte)


def peut_ecrire(compte: Compte | None, _bulletin: Bulletin) -> bool:
    """Animateurs only. The use case checks that the bulletin is still a draft."""
    return est_animateur(compte)


def peut_lire(compte: Compte | None, bulletin: Bulletin) -> bool:
    """Everybody may read a published bulletin; only animateurs read drafts."""
    return bulletin.publie_le is not None or est_animateur(compte)
