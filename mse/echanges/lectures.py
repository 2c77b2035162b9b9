"""Sources of the registry (`mse.core.registry`): threads with a message that the person has not read, and
reported messages, for the animateurs."""

from mse.core.registry import Source
from mse.echanges.queries import (
    list_a_examiner,
    list_fils_non_lus,
    select_a_examiner,
    select_fils_non_lus,
)
from mse.representation.api import Lecteur

SOURCES: list[Source[Lecteur]] = [
    Source(
        name="messages",
        concerns=lambda lecteur: bool(lecteur.roles.agent_de or lecteur.roles.delegue_de),
        items=select_fils_non_lus,
        about="fiche",
        is_pressing=True,
        rows=list_fils_non_lus,
    ),
    Source(
        name="examiner",
        concerns=lambda lecteur: lecteur.roles.est_animateur,
        items=select_a_examiner,
        about="fiche",
        is_pressing=True,
        rows=list_a_examiner,
    ),
]
