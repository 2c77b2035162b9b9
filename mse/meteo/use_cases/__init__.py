"""Use cases of the weather: stored figures, bulletins."""

from mse.meteo.use_cases.bulletins import (
    composer_bulletin,
    modifier_bulletin,
    publier_bulletin,
    ranger_pdf,
    supprimer_bulletin,
)
from mse.meteo.use_cases.chiffres import actualiser, oublier_reprises, recalculer

__all__ = [
    "actualiser",
    "composer_bulletin",
    "modifier_bulletin",
    "oublier_reprises",
    "publier_bulletin",
    "ranger_pdf",
    "recalculer",
    "supprimer_bulletin",
]
