"""Retention terms (`mse.core.conservation`)."""

from mse.core.conservation import Terme
from mse.core.text import lazy
from mse.passation.use_cases import oublier_mots

TERMES = [
    Terme(
        nom="mots_de_passation",
        quoi=lazy("Les mots laissés à la personne qui prend la suite"),
        duree=lazy("12 mois"),
        oublier=oublier_mots,
    ),
]
