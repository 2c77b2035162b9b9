"""Sources of the registry (`mse.core.registry`): requests to become a porteur, and the person's
initiatives."""

from mse.core.registry import Source
from mse.initiatives.queries import list_miennes, select_miennes
from mse.initiatives.queries.demandes import (
    list_faites,
    list_recues,
    select_faites,
    select_recues,
)
from mse.representation.api import Lecteur


def _decide(lecteur: Lecteur) -> bool:
    """True for animateurs, and for people who may be porteurs of an initiative or already are."""
    roles = lecteur.roles
    return bool(roles.agent_de or roles.delegue_de or roles.est_animateur)


def _demande(lecteur: Lecteur) -> bool:
    return bool(lecteur.roles.agent_de or lecteur.roles.promotions)


SOURCES: list[Source[Lecteur]] = [
    Source(
        name="demandes_recues",
        concerns=_decide,
        items=select_recues,
        about="demande",
        is_pressing=True,
        rows=list_recues,
    ),
    Source(name="demandes_faites", concerns=_demande, items=select_faites, about="demande", rows=list_faites),
    Source(
        name="initiatives",
        concerns=lambda _lecteur: True,
        items=select_miennes,
        about="initiative",
        rows=list_miennes,
    ),
]
