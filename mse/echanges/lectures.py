"""Source of the registry (`mse.core.registry`): threads with a message that the person has not read."""

from mse.core.registry import Source
from mse.echanges.queries import list_fils_non_lus, select_fils_non_lus
from mse.representation.api import Lecteur

SOURCES: list[Source[Lecteur]] = [
    Source(
        name="messages",
        concerns=lambda lecteur: bool(lecteur.roles.agent_de or lecteur.roles.delegue_de),
        items=select_fils_non_lus,
        about="fiche",
        is_pressing=True,
        rows=list_fils_non_lus,
    )
]
