"""Source of the registry (`mse.core.registry`): reports that wait for a reader, for the référents. Only their
number is shown."""

from mse.confidentiel.policies import est_referent
from mse.confidentiel.queries import select_a_lire
from mse.core.registry import Source
from mse.representation.api import Lecteur

SOURCES: list[Source[Lecteur]] = [
    Source(
        name="confidentiels",
        concerns=lambda lecteur: est_referent(lecteur.compte),
        items=select_a_lire,
        about="confidentiel",
        is_pressing=True,
    )
]
