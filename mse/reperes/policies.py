"""Permissions on repères. Whether the status allows an action is decided by the workflow, not here."""

from mse.comptes.models import Compte
from mse.fiches.policies import est_animateur, peut_promouvoir
from mse.reperes.models import Repere
from mse.representation.policies import roles_de

__all__ = [
    "est_animateur",
    "peut_lire",
    "peut_masquer",
    "peut_promouvoir",
    "peut_retirer",
    "peut_supprimer",
    "peut_tenir",
]


def peut_tenir(compte: Compte | None, repere: Repere) -> bool:
    """The agents of its acteur write, review and link a repère; the animateurs those of the association."""
    if repere.acteur_id is None:
        return est_animateur(compte)
    return repere.acteur_id in roles_de(compte).agent_de


def peut_lire(compte: Compte | None, repere: Repere) -> bool:
    """Everybody reads a repère that is or was published; only those who hold it read a draft."""
    return not repere.est_brouillon or peut_tenir(compte, repere)


def peut_retirer(compte: Compte | None, repere: Repere) -> bool:
    """Those who hold it, and the animateurs, withdraw a published repère."""
    return peut_tenir(compte, repere) or (est_animateur(compte) and not repere.est_brouillon)


def peut_masquer(compte: Compte | None, repere: Repere) -> bool:
    """An animateur erases the text of a repère that is or was published."""
    return est_animateur(compte) and not repere.est_brouillon


def peut_supprimer(compte: Compte | None, repere: Repere) -> bool:
    """Those who hold a draft delete it."""
    return peut_tenir(compte, repere)
