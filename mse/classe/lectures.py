"""Sources of the registry (`mse.core.registry`): contributions and words that the delegates have not read."""

from mse.classe.queries.classes import list_classes_a_lire, select_contributions_recues
from mse.classe.queries.mots import list_mots_a_lire, select_mots_a_lire
from mse.core.registry import Source
from mse.representation.api import Lecteur

SOURCES: list[Source[Lecteur]] = [
    Source(
        name="contributions",
        concerns=lambda lecteur: bool(lecteur.roles.delegue_de),
        items=select_contributions_recues,
        about="fiche",
        is_pressing=True,
        rows=list_classes_a_lire,
    ),
    Source(
        name="mots",
        concerns=lambda lecteur: bool(lecteur.roles.promotions),
        items=select_mots_a_lire,
        about="mot",
        is_pressing=True,
        rows=list_mots_a_lire,
    ),
]
