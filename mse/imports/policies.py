"""Who imports what from a file. A right is one function, its docstring the rule."""

from mse.annuaire.policies import acteurs_de, postes_de, tient_annuaire
from mse.comptes.models import Compte


def peut_importer_promotions(compte: Compte | None) -> bool:
    """Whoever keeps the promotions of some organisme."""
    return tient_annuaire(compte) or any(acteur.est_organisme for acteur in acteurs_de(compte))


def peut_importer_personnes(compte: Compte | None) -> bool:
    """Whoever names agents somewhere, or delegates: each line is judged by its own right."""
    return peut_importer_promotions(compte) or bool(postes_de(compte).referent_de)
