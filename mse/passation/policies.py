"""Permissions of the handover."""

from datetime import timedelta

from mse.comptes.models import Compte
from mse.core.clock import today
from mse.representation.models import Promotion
from mse.representation.policies import roles_de

APRES_LE_MANDAT = timedelta(days=90)  # a former delegate may still write the word, or take it back


def peut_lire_dossier(compte: Compte | None, promotion: Promotion) -> bool:
    """The current delegates of the promotion, or of one that continues it, and nobody else: the organisme may
    be the one that its drafts complain of."""
    return promotion.id in roles_de(compte).delegue_de


def peut_laisser_un_mot(compte: Compte | None, promotion: Promotion) -> bool:
    """A delegate of this promotion, until 90 days after the last day of the mandat."""
    roles = roles_de(compte)
    fin = roles.ancien_delegue_de.get(promotion.id)
    return promotion.id in roles.promotions or (fin is not None and today() <= fin + APRES_LE_MANDAT)
