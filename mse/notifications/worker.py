"""The worker polls the database every second: it sends the mails of the outbox and runs periodic tasks."""

import logging
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app
from sqlalchemy.exc import OperationalError

from mse.core.clock import now
from mse.core.database import reading
from mse.notifications.annonces import write_next
from mse.notifications.delivery import Mailer, Outcome
from mse.notifications.messages import DEPUIS_DES_JOURS
from mse.notifications.queries import has_due_mails
from mse.notifications.retries import PATIENCE, is_hopeless
from mse.notifications.use_cases import (
    beat,
    claim,
    drop,
    mark_refused,
    mark_sent,
    postpone,
)

POLL = 1.0  # seconds between two polls
MINUTE, TEN_MINUTES, HOUR = 60.0, 600.0, 3600.0  # seconds
BATCH = 50.0  # seconds after which a drain stops, so that the heartbeat runs
TROUBLES = 3  # consecutive failures after which the server is considered down
RETRY_AFTER = (0.5, 1.0, 2.0, 4.0, 8.0)  # seconds between retries to store that a mail was sent

# Tasks run one after the other every second, every ten minutes or every hour; `create_app` adds those of
# other capabilities. A task of `EVERY_SECOND` begins with a cheap read and returns if there is nothing to do.
EVERY_SECOND: list[Callable[[], object]] = []
EVERY_TEN_MINUTES: list[Callable[[], object]] = []
EVERY_HOUR: list[Callable[[], object]] = []

logger = logging.getLogger(__name__)


@dataclass
class Bilan:
    """Counts of one drain."""

    envoyes: int = 0
    reportes: int = 0
    refuses: int = 0
    perimes: int = 0  # their link had expired
    epuise: bool = False  # nothing due is left
    panne: bool = False  # the server is down


def drain(*, stop: Callable[[], bool] = lambda: False, seconds: float = BATCH) -> Bilan:
    """Write the mails of events and send due mails, one by one, until none is due, `seconds` have passed, the
    server is down or `stop()`. Several workers share the work.

    After each event that it writes, it sends one mail with a secret link; after each mail that it sends, it
    writes one event. Hence such a mail waits for at most one other mail.
    """
    bilan, troubles, end = Bilan(), 0, time.monotonic() + seconds
    with Mailer() as mailer:
        while time.monotonic() < end and not stop():
            wrote = write_next()
            mail = claim(with_secret=wrote) if troubles < TROUBLES else None
            if mail is None and wrote:
                continue
            if mail is None:
                bilan.panne = troubles >= TROUBLES
                bilan.epuise = not bilan.panne
                break
            if mail.expire_le is not None and mail.expire_le <= now():
                _retry(drop, mail)
                bilan.perimes += 1
                continue
            outcome, why = mailer.deliver(mail)
            troubles = troubles + 1 if outcome == Outcome.PANNE else 0
            if outcome == Outcome.PLUS_TARD and is_hopeless(mail, why):
                outcome, why = Outcome.REFUSE, f"{why}, {DEPUIS_DES_JOURS} {PATIENCE.days} jours"
            if outcome == Outcome.ENVOYE:
                _retry(mark_sent, mail)
                bilan.envoyes += 1
            elif outcome == Outcome.REFUSE:
                _retry(mark_refused, mail, why)
                bilan.refuses += 1
            else:
                _retry(postpone, mail, why, panne=outcome == Outcome.PANNE)
                bilan.reportes += 1
            if outcome != Outcome.ENVOYE:
                logger.warning("courriel %s : %s, %s", mail.id, outcome, why)
    return bilan


def _retry(step: Callable[..., None], *args: Any, **options: Any) -> None:
    """Retry while the database is busy: a mail whose sending is not stored would be sent twice."""
    for pause in RETRY_AFTER:
        try:
            return step(*args, **options)
        except OperationalError:
            logger.warning("database busy, trying again in %s s", pause)
            time.sleep(pause)
    return step(*args, **options)


class Outbox:
    """Drain the outbox when something is due; at most once a minute after an outage of the server."""

    def __init__(self, stop: Callable[[], bool]) -> None:
        self._stop = stop
        self._next_try = 0.0

    def drain_if_due(self) -> None:
        """Drain the outbox if a mail is due to be written or sent. Check this with a read first, so that
        an idle worker does not take the SQLite write lock every second."""
        if time.monotonic() < self._next_try or not has_due_mails():
            return
        if drain(stop=self._stop).panne:
            self._next_try = time.monotonic() + MINUTE


@dataclass
class _Periodic:
    """Actions that run at most once every `seconds`, the first time immediately."""

    seconds: float
    actions: list[Callable[[], object]]
    next_run: float = 0.0

    def is_due(self) -> bool:
        due = time.monotonic() >= self.next_run
        if due:
            self.next_run = time.monotonic() + self.seconds
        return due


def run_worker() -> None:
    """Run until SIGTERM or Ctrl-C; finish the current mail first. Several workers share the work."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    stop = threading.Event()

    def end(_number: int, _frame: object) -> None:
        stop.set()
        logger.info("stopping: the mail in hand is finished, no other is claimed")

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    tasks = [
        _Periodic(MINUTE, [beat]),
        _Periodic(POLL, [Outbox(stop.is_set).drain_if_due, *EVERY_SECOND]),
        _Periodic(TEN_MINUTES, EVERY_TEN_MINUTES),
        _Periodic(HOUR, EVERY_HOUR),
    ]
    while not stop.is_set():
        for task in tasks:
            if task.is_due() and not stop.is_set():
                run_each(app, task.actions)
        stop.wait(POLL)


def run_each(app: Flask, actions: list[Callable[[], object]]) -> None:
    for action in actions:
        _try(app, action)


def _try(app: Flask, action: Callable[[], object]) -> None:
    """Run the action in its own application context and session. Log an error; the next run retries."""
    try:
        with app.app_context(), reading():
            action()
    except Exception:
        logger.exception("the worker goes on")
