"""Retention terms (`mse.core.conservation`)."""

from mse.core.conservation import Terme
from mse.core.text import lazy
from mse.journal.use_cases import oublier_lignes

TERMES = [
    Terme(
        nom="journal",
        quoi=lazy("Le journal des actions\u202f: des numéros, l’action et la date"),
        duree=lazy("5 ans"),
        oublier=oublier_lignes,
    ),
]
