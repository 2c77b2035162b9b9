"""Sources of the registry (`mse.core.registry`): late answers, for the animateurs."""

from mse.core.registry import Source
from mse.relances.retards import list_par_acteur, list_urgents, select_urgents
from mse.representation.api import Lecteur


def _est_animateur(lecteur: Lecteur) -> bool:
    return lecteur.roles.est_animateur


SOURCES: list[Source[Lecteur]] = [
    Source(
        name="relancer",
        concerns=_est_animateur,
        items=select_urgents,
        about="fiche",
        is_pressing=True,
        rows=list_urgents,
    ),
    Source(name="en_retard", concerns=_est_animateur, rows=list_par_acteur),
]
