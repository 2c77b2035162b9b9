"""Retention terms (`mse.core.conservation`)."""

from mse.core.conservation import Terme
from mse.core.text import lazy
from mse.suivis.use_cases import oublier_abonnes, oublier_demandes

TERMES = [
    Terme(
        nom="suivis_non_confirmes",
        quoi=lazy("Les adresses qui n’ont pas confirmé un suivi"),
        duree=lazy("2 jours"),
        oublier=oublier_demandes,
    ),
    Terme(
        nom="suivis",
        quoi=lazy("Les adresses qui suivent des pages sans compte"),
        duree=lazy("24 mois sans réponse, après un courriel un mois avant"),
        oublier=oublier_abonnes,
    ),
]
