"""Sources of the registry (`mse.core.registry`): fiches to read before publication, fiches without an
owner."""

from mse.core.registry import Source
from mse.moderation.queries import list_a_orienter, list_retenues, select_a_orienter, select_retenues
from mse.representation.api import Lecteur


def _est_animateur(lecteur: Lecteur) -> bool:
    return lecteur.roles.est_animateur


SOURCES: list[Source[Lecteur]] = [
    Source(
        name="relire",
        concerns=_est_animateur,
        items=select_retenues,
        about="fiche",
        is_pressing=True,
        rows=list_retenues,
    ),
    Source(
        name="orienter",
        concerns=_est_animateur,
        items=select_a_orienter,
        about="fiche",
        is_pressing=True,
        rows=list_a_orienter,
    ),
]
