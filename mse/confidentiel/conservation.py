"""Retention terms (`mse.core.conservation`)."""

from mse.confidentiel.use_cases.tenir import oublier_confidences
from mse.core.conservation import Terme
from mse.core.text import lazy

TERMES = [
    Terme(
        nom="confidences",
        quoi=lazy("Les signalements confidentiels et leurs messages"),
        duree=lazy("24 mois après leur clôture"),
        oublier=oublier_confidences,
    ),
]
