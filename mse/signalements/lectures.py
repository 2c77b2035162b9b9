"""Source of the registry (`mse.core.registry`): reported pages, for the animateurs."""

from mse.core.registry import Source
from mse.representation.api import Lecteur
from mse.signalements.queries import list_signalees, select_signalees

SOURCES: list[Source[Lecteur]] = [
    Source(
        name="signalees",
        concerns=lambda lecteur: lecteur.roles.est_animateur,
        items=select_signalees,
        about="signalement",
        is_pressing=True,
        rows=list_signalees,
    ),
]
