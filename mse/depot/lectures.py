"""Sources of the registry (`mse.core.registry`): drafts, and fiches of present and former promotions."""

from mse.core.registry import Source
from mse.depot.queries import list_anciennes, list_brouillons, list_deposees, select_brouillons
from mse.representation.api import Lecteur


def _est_delegue(lecteur: Lecteur) -> bool:
    return bool(lecteur.roles.delegue_de)


SOURCES: list[Source[Lecteur]] = [
    Source(
        name="brouillons",
        concerns=_est_delegue,
        items=select_brouillons,
        about="fiche",
        is_pressing=True,
        rows=list_brouillons,
    ),
    Source(name="deposees", concerns=_est_delegue, rows=list_deposees),
    Source(
        name="anciennes",
        concerns=lambda lecteur: bool(lecteur.roles.ancien_delegue_de),
        rows=list_anciennes,
    ),
]
