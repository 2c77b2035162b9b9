"""Permissions on the figures and the reports of acteurs."""

from mse.annuaire.models import Acteur
from mse.annuaire.policies import est_animateur, postes_de, tient_annuaire
from mse.comptes.models import Compte


def peut_voir_difficultes(compte: Compte | None) -> bool:
    """Animateurs and administrateurs compare the acteurs; nobody else."""
    return tient_annuaire(compte)


def peut_lire_bilan(compte: Compte | None, acteur: Acteur) -> bool:
    """The agents of the acteur, animateurs and administrateurs read its reports; nobody else."""
    return acteur.id in postes_de(compte).agent_de or tient_annuaire(compte)


def peut_envoyer_bilan(compte: Compte | None, _acteur: Acteur) -> bool:
    """Animateurs may send the report of an acteur to it; nobody else."""
    return est_animateur(compte)
