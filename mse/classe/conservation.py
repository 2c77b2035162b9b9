"""Retention terms (`mse.core.conservation`)."""

from mse.classe.use_cases.effacer import oublier_contributions, oublier_mots
from mse.core.conservation import Terme
from mse.core.text import lazy

TERMES = [
    Terme(
        nom="contributions",
        quoi=lazy("Ce qu’une classe écrit pour un brouillon, et les prénoms"),
        duree=lazy(
            "30 jours après le dépôt. Sans dépôt\u202f: 30 jours après la fin du lien pour le prénom, "
            "un an pour le texte"
        ),
        oublier=oublier_contributions,
    ),
    Terme(
        nom="mots_de_classe",
        quoi=lazy("Les mots laissés aux délégué·es"),
        duree=lazy("30 jours après leur lecture, 90 jours au plus"),
        oublier=oublier_mots,
    ),
]
