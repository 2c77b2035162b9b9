"""Who may write bulletins. The weather itself is everybody's."""

from mse.annuaire.policies import est_animateur
from mse.comptes.models import Compte
from mse.meteo.models import Bulletin


def peut_composer(compte: Compte | None) -> bool:
    """The association's team."""
    return est_animateur(compte)


def peut_ecrire(compte: Compte | None, _bulletin: Bulletin) -> bool:
    """The association's team; whether it is still a draft is another question."""
    return est_animateur(compte)


def peut_lire(compte: Compte | None, bulletin: Bulletin) -> bool:
    """Everybody what is published, the team its drafts."""
    return bulletin.publie_le is not None or est_animateur(compte)
