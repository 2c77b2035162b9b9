"""Permissions on imports from a file."""

from mse.annuaire.policies import acteurs_de, postes_de, tient_annuaire
from mse.comptes.models import Compte


def peut_importer_promotions(compte: Compte | None) -> bool:
    """Animateurs, administrateurs and agents of an organisme."""
    return tient_annuaire(compte) or any(acteur.est_organisme for acteur in acteurs_de(compte))


def peut_importer_personnes(compte: Compte | None) -> bool:
    """Animateurs, administrateurs, agents of an organisme and référents. Each line is also checked
    separately."""
    return peut_importer_promotions(compte) or bool(postes_de(compte).referent_de)
