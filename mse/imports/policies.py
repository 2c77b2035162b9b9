"""Who imports what from a file. A right is one function, its docstring the rule."""

from mse.annuaire.policies import acteurs_de, postes_de, tient_annuaire
from mse.comptes.models import Compte


def peut_importer_promotions(compte: Compte | None) -> bool:
    """Those who manage the promotions of at least one organisme."""
    return tient_annuaire(compte) or any(acteur.est_organisme for acteur in acteurs_de(compte))


def peut_importer_personnes(compte: Compte | None) -> bool:
    """Those who may create agents or delegates somewhere. Each line is checked separately."""
    return peut_importer_promotions(compte) or bool(postes_de(compte).referent_de)
