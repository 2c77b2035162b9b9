"""Retention terms (`mse.core.conservation`)."""

from mse.core.conservation import Terme
from mse.core.text import lazy
from mse.echanges.use_cases import oublier_echanges

TERMES = [
    Terme(
        nom="echanges",
        quoi=lazy("Les messages privés, leurs fichiers et les notes d’équipe"),
        duree=lazy("24 mois après la fin du traitement"),
        oublier=oublier_echanges,
    ),
]
