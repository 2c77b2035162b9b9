"""Queue of events whose mails are not written yet.

The transaction of a use case stores its events, one short row each. The worker finds the recipients and
writes the mails later, in its own transaction, so that no request waits for it.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict
from typing import Any, TypeVar, cast

from sqlalchemy import Table, delete, insert, select, update

from mse.core.clock import now
from mse.core.events import Event, on_every
from mse.core.use_cases import use_case
from mse.extensions import db
from mse.notifications.models import Annonce
from mse.notifications.retries import pause

Writer = TypeVar("Writer", bound=Callable[[Any], None])

_TABLE = cast(Table, Annonce.__table__)
_C = _TABLE.c
_kinds: dict[str, type[Event]] = {}
_writers: defaultdict[str, list[Callable[[Any], None]]] = defaultdict(list)
_urgent: set[str] = set()
_muted: ContextVar[bool] = ContextVar("mails_muted", default=False)

logger = logging.getLogger(__name__)


def mails(*kinds: type[Event], urgent: bool = False) -> Callable[[Writer], Writer]:
    """Register `(event) -> None`, which writes the mails of these events when the worker processes them.

    `urgent`: before the other events, because a person waits for a link that expires within the hour.
    """

    def register(writer: Writer) -> Writer:
        for kind in kinds:
            if urgent:
                _urgent.add(kind.__name__)
            _kinds[kind.__name__] = kind
            _writers[kind.__name__].append(writer)
        return writer

    return register


@contextmanager
def muted() -> Iterator[None]:
    """Write no mail for the events recorded inside the block, for commands that load past data."""
    token = _muted.set(True)
    try:
        yield
    finally:
        _muted.reset(token)


@on_every
def note(events: Sequence[Event]) -> None:
    """Store the events in the current transaction; the worker polls for them every second."""
    quand = dict.fromkeys(("notee_le", "prochain_essai_le"), now())
    lignes = [
        {"evenement": type(event).__name__, "charge": asdict(event), "essais": 0, **quand}
        for event in events
        if type(event).__name__ in _kinds
    ]
    if lignes and not _muted.get():
        db.session.execute(insert(_TABLE), lignes)


def defer(event: Event) -> None:
    """Add one more event to the queue, to be written in a later transaction: the next batch of a long
    distribution. The journal does not know it. Call within a writer."""
    quand = dict.fromkeys(("notee_le", "prochain_essai_le"), now())
    ligne = {"evenement": type(event).__name__, "charge": asdict(event), "essais": 0, **quand}
    db.session.execute(insert(_TABLE), [ligne])


def write_next() -> bool:
    """Write the mails of the oldest due urgent event, else of the oldest due event. False if none is due."""
    annonce_id = _find_due()
    if annonce_id is None:
        return False
    try:
        _write(annonce_id)
    except Exception:
        logger.exception("annonce %s: its mails could not be written", annonce_id)
        _postpone(annonce_id)
    return True


@use_case
def _find_due() -> int | None:
    due = select(_C.id).where(_C.prochain_essai_le <= now()).order_by(_C.prochain_essai_le, _C.id).limit(1)
    urgent = due.where(_C.evenement.in_(_urgent))
    return db.session.scalar(urgent) or db.session.scalar(due)


@use_case
def _write(annonce_id: int) -> None:
    """Write the mails of the event and delete it. A second worker skips the locked row."""
    query = select(_C.evenement, _C.charge).where(_C.id == annonce_id).with_for_update(skip_locked=True)
    annonce = db.session.execute(query).one_or_none()
    if annonce is None:
        return
    if annonce.evenement in _kinds:  # else stored by an older version that had mails for it
        event = _kinds[annonce.evenement](**annonce.charge)
        for writer in _writers[annonce.evenement]:
            writer(event)
    db.session.execute(delete(_TABLE).where(_C.id == annonce_id))


@use_case
def _postpone(annonce_id: int) -> None:
    essais = db.session.scalar(select(_C.essais).where(_C.id == annonce_id))
    if essais is not None:
        suite = {"essais": essais + 1, "prochain_essai_le": now() + pause(essais, panne=True)}
        db.session.execute(update(_TABLE).where(_C.id == annonce_id).values(suite))
