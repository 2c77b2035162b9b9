"""Permissions of class fiches and words."""

from mse.classe.models import Contribution, Mot
from mse.comptes.models import Compte
from mse.fiches.models import Fiche
from mse.fiches.policies import peut_ecrire
from mse.representation.models import Promotion
from mse.representation.policies import peut_gerer_promotion, roles_de


def peut_ouvrir(compte: Compte | None, fiche: Fiche) -> bool:
    """The delegates who write the draft open it to the class, read the contributions and take them over."""
    return peut_ecrire(compte, fiche)


def peut_reprendre(compte: Compte | None, contribution: Contribution) -> bool:
    """The delegates who write its draft, and nobody else."""
    return peut_ecrire(compte, contribution.classe.fiche)


def peut_afficher(compte: Compte | None, promotion: Promotion) -> bool:
    """The current delegates of the promotion, and everybody who manages it, print its poster."""
    return promotion.id in roles_de(compte).promotions or peut_gerer_promotion(compte, promotion)


def est_delegue_de(compte: Compte | None, promotion: Promotion) -> bool:
    """The current delegates of the promotion, and nobody else, read the words left for them."""
    return promotion.id in roles_de(compte).promotions


def peut_lire_mot(compte: Compte | None, mot: Mot) -> bool:
    """The current delegates of its promotion."""
    return mot.promotion_id in roles_de(compte).promotions
