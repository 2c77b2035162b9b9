"""Retention terms (`mse.core.conservation`)."""

from mse.core.conservation import Terme
from mse.core.text import lazy
from mse.redaction.use_cases.brouillons import oublier_brouillons
from mse.redaction.use_cases.fichiers import effacer_pieces_masquees

TERMES = [
    Terme(
        nom="brouillons_de_reponse",
        quoi=lazy("Les brouillons de réponse"),
        duree=lazy("Le nombre de jours ouvrés sans changement que fixe la démarche"),
        oublier=oublier_brouillons,
    ),
    Terme(
        nom="fichiers_masques",
        quoi=lazy("Les fichiers masqués d’une réponse"),
        duree=lazy("12 mois"),
        oublier=effacer_pieces_masquees,
    ),
]
