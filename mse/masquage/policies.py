"""Who masks a passage."""

from mse.comptes.models import Compte
from mse.fiches.models import Fiche
from mse.fiches.policies import est_animateur
from mse.initiatives.models import Initiative
from mse.masquage.models import Passage
from mse.reperes.models import Repere


def peut_masquer_passage(compte: Compte | None, page: Fiche | Initiative | Repere) -> bool:
    """An animateur, on a page that is or was public. A fiche held for moderation is given back instead."""
    if isinstance(page, Fiche) and not (page.est_publique or page.est_retiree):
        return False
    if isinstance(page, Repere) and page.est_brouillon:
        return False
    return est_animateur(compte)


def peut_retablir(compte: Compte | None, _passage: Passage) -> bool:
    """An animateur."""
    return est_animateur(compte)
