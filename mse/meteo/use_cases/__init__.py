"""Use cases of the weather: stored figures, bulletins, subscriptions."""

from mse.meteo.use_cases.abonnements import (
    confirmer_abonnement,
    demander_abonnement,
    oublier_demandes,
    terminer_abonnement,
)
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
    "confirmer_abonnement",
    "demander_abonnement",
    "modifier_bulletin",
    "oublier_demandes",
    "oublier_reprises",
    "publier_bulletin",
    "ranger_pdf",
    "recalculer",
    "supprimer_bulletin",
    "terminer_abonnement",
]
