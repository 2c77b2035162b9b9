"""Source of the registry (`mse.core.registry`): unread notifications, whose number the header shows."""

from typing import Any

from sqlalchemy import Integer, Select, bindparam, select

from mse.core.registry import Source
from mse.notifications.models import Notification
from mse.representation.api import Lecteur

PLAFOND = 10  # the header counts up to 9, then writes «9+»


def select_non_lues() -> Select[*tuple[Any, ...]]:
    """Select the unread notifications of the person as (item, object): both are the notification."""
    query: Select[*tuple[Any, ...]] = select(Notification.id, Notification.id.label("objet_id"))
    return query.where(
        Notification.compte_id == bindparam("compte", type_=Integer), Notification.lue_le.is_(None)
    )


SOURCES: list[Source[Lecteur]] = [
    Source(
        name="non_lues",
        concerns=lambda _lecteur: True,
        items=select_non_lues,
        about="notification",
        in_header=True,
        most=PLAFOND,
    )
]
