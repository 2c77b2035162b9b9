"""Source of the registry (`mse.core.registry`): mandats that follow somebody else's."""

from mse.core.registry import Source
from mse.passation.queries.departs import list_arrivees, select_arrivees
from mse.representation.api import Lecteur

SOURCES: list[Source[Lecteur]] = [
    Source(
        name="arrivees",
        concerns=lambda lecteur: bool(lecteur.roles.promotions),
        items=select_arrivees,
        about="passation",
        is_pressing=True,
        rows=list_arrivees,
    )
]
