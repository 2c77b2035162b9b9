"""Retention terms (`mse.core.conservation`)."""

from mse.core.conservation import Terme
from mse.core.text import lazy
from mse.signalements.use_cases import oublier_signalements

TERMES = [
    Terme(
        nom="signalements",
        quoi=lazy("Les signalements"),
        duree=lazy("12 mois après la décision"),
        oublier=oublier_signalements,
    ),
]
