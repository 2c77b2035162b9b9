"""Permissions on soutiens."""

from mse.comptes.models import Compte
from mse.fiches.models import Fiche
from mse.fiches.policies import peut_suivre
from mse.representation.policies import roles_de


def list_soutenantes(compte: Compte | None, fiche: Fiche) -> frozenset[int]:
    """Return the ids of the promotions in whose name `compte` may support the fiche: those of its current
    mandats, unless it is a delegate of the fiche itself."""
    return frozenset() if peut_suivre(compte, fiche) else roles_de(compte).promotions


def peut_soutenir(compte: Compte | None, fiche: Fiche) -> bool:
    """The current delegates of other promotions support a public fiche, and withdraw their support."""
    return fiche.est_publique and bool(list_soutenantes(compte, fiche))
