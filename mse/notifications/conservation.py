"""Retention terms (`mse.core.conservation`)."""

from mse.core.conservation import Terme
from mse.core.text import lazy
from mse.notifications.reglages import oublier_notifications
from mse.notifications.use_cases import purge

TERMES = [
    Terme(
        nom="notifications",
        quoi=lazy("Les notifications"),
        duree=lazy("12 mois, ou la durée choisie dans les réglages"),
        oublier=oublier_notifications,
    ),
    Terme(
        nom="courriels",
        quoi=lazy("Le texte et l’adresse des courriels envoyés"),
        duree=lazy("7 jours"),
        oublier=purge,
    ),
]
