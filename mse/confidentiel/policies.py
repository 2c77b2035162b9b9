"""Permissions on confidential reports."""

from mse.comptes.models import Compte
from mse.comptes.policies import peut_gerer_comptes
from mse.confidentiel.models import Confidence


def est_referent(compte: Compte | None) -> bool:
    """A member of the association's team whom an administrateur named for this. To be animateur or
    administrateur is not enough."""
    return compte is not None and compte.est_ouvert and compte.est_equipe and compte.est_referent_confidentiel


def peut_lire_signalement(compte: Compte | None, _signalement: Confidence | None = None) -> bool:
    """The référents read and answer all reports; nobody else does."""
    return est_referent(compte)


def est_auteur(compte: Compte | None, signalement: Confidence) -> bool:
    """The person who wrote the report while signed in. Without an account, the code opens it."""
    return compte is not None and compte.est_ouvert and signalement.auteur_id == compte.id


def peut_nommer_referents(compte: Compte | None) -> bool:
    """Administrateurs only."""
    return peut_gerer_comptes(compte)


def peut_nommer(compte: Compte | None, personne: Compte) -> bool:
    """Administrateurs name others, never themselves: running the instance does not give the right to read."""
    return peut_nommer_referents(compte) and personne is not compte
