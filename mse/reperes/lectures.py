"""Sources of the registry (`mse.core.registry`): repères to review, and drafts."""

from mse.core.registry import Source
from mse.reperes.queries.pages import list_a_revoir, list_brouillons, select_a_revoir, select_brouillons
from mse.representation.api import Lecteur


def _tient(lecteur: Lecteur) -> bool:
    return bool(lecteur.roles.agent_de or lecteur.roles.est_animateur)


SOURCES: list[Source[Lecteur]] = [
    Source(
        name="reperes_a_revoir",
        concerns=_tient,
        items=select_a_revoir,
        about="repere",
        is_pressing=True,
        rows=list_a_revoir,
    ),
    Source(
        name="reperes_brouillons",
        concerns=_tient,
        items=select_brouillons,
        about="repere",
        rows=list_brouillons,
    ),
]
