"""Retention terms (`mse.core.conservation`)."""

from mse.core.conservation import Terme
from mse.core.text import lazy
from mse.masquage.use_cases import oublier_originaux

TERMES = [
    Terme(
        nom="passages_masques",
        quoi=lazy("Le texte d’origine d’un passage masqué"),
        duree=lazy("12 mois"),
        oublier=oublier_originaux,
    ),
]
