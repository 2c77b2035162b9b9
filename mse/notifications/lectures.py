"""Source of the registry (`mse.core.registry`): unread notifications, whose number the header shows."""

from mse.core.registry import Source
from mse.notifications.lecture import NON_LUES, PLAFOND, select_non_lues
from mse.representation.api import Lecteur

SOURCES: list[Source[Lecteur]] = [
    Source(
        name=NON_LUES,
        concerns=lambda _lecteur: True,
        items=select_non_lues,
        about="notification",
        in_header=True,
        most=PLAFOND,
    )
]
