"""The worker: sends what the outbox holds when it is woken and, whatever the queue does, every minute."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app
from huey import crontab
from huey.consumer import Consumer, Scheduler
from sqlalchemy.exc import OperationalError

from mse.core.clock import now
from mse.core.database import deferred
from mse.notifications.annonces import write_next
from mse.notifications.delivery import Facteur, Issue
from mse.notifications.messages import DEPUIS_DES_JOURS
from mse.notifications.use_cases import (
    PATIENCE,
    beat,
    claim,
    drop,
    est_sans_espoir,
    mark_refused,
    mark_sent,
    postpone,
    purge,
)

BATCH = 50.0  # seconds after which a drain lets the heartbeat pass
TROUBLES = 3  # failures in a row: the server is down, the other mails keep their turn
INSIST = (0.5, 1.0, 2.0, 4.0, 8.0)  # seconds between tries to write that a mail has left

# Called one after the other when woken and every minute, every ten, or once an hour; the assembly adds
# what others need.
SOON: list[Callable[[], object]] = []
OFTEN: list[Callable[[], object]] = []
PERIODIC: list[Callable[[], object]] = [purge]

logger = logging.getLogger(__name__)


@dataclass
class Bilan:
    """Of one drain."""

    envoyes: int = 0
    reportes: int = 0
    refuses: int = 0
    perimes: int = 0  # their link had expired
    epuise: bool = False  # nothing due is left


def drain(*, stop: Callable[[], bool] = lambda: False, seconds: float = BATCH) -> Bilan:
    """Writes the mails of what happened, then sends what is due, one after the other, until nothing is,
    `seconds` are over, the server is down or `stop()`. Several at once share the work.

    Between two mails that it writes, it sends those that hold a secret link; between two that it sends, it
    writes what has happened since: such a mail waits for one other mail at most.
    """
    bilan, troubles, end = Bilan(), 0, time.monotonic() + seconds
    with Facteur() as facteur:
        while time.monotonic() < end and not stop():
            wrote = write_next()
            pli = claim(with_secret=wrote) if troubles < TROUBLES else None
            if pli is None and wrote:
                continue
            if pli is None:
                bilan.epuise = troubles < TROUBLES
                break
            if pli.expire_le is not None and pli.expire_le <= now():
                _insist(drop, pli)
                bilan.perimes += 1
                continue
            issue, why = facteur.deliver(pli)
            troubles = troubles + 1 if issue == Issue.PANNE else 0
            if issue == Issue.PLUS_TARD and est_sans_espoir(pli, why):
                issue, why = Issue.REFUSE, f"{why}, {DEPUIS_DES_JOURS} {PATIENCE.days} jours"
            if issue == Issue.ENVOYE:
                _insist(mark_sent, pli)
                bilan.envoyes += 1
            elif issue == Issue.REFUSE:
                _insist(mark_refused, pli, why)
                bilan.refuses += 1
            else:
                _insist(postpone, pli, why, panne=issue == Issue.PANNE)
                bilan.reportes += 1
            if issue != Issue.ENVOYE:
                logger.warning("courriel %s : %s, %s", pli.id, issue, why)
    if not bilan.epuise and troubles < TROUBLES and not stop():
        current_app.extensions["file_attente"].poke()
    return bilan


def _insist(step: Callable[..., None], *args: Any, **options: Any) -> None:
    """A busy database must not make us forget that a mail has left: it would leave twice."""
    for pause in INSIST:
        try:
            return step(*args, **options)
        except OperationalError:
            logger.warning("database busy, trying again in %s s", pause)
            time.sleep(pause)
    return step(*args, **options)


class _Scheduler(Scheduler):
    """Runs the periodic tasks itself instead of queueing them: they are what remains without a queue."""

    def enqueue_periodic_tasks(self, now: Any) -> None:
        for task in self.huey.read_periodic(now):
            if not self.stop_flag.is_set():
                task.execute()


class _Consumer(Consumer):
    scheduler_class = _Scheduler


def run_worker() -> None:
    """Until SIGTERM or Ctrl-C; the mail in hand is finished. Several workers at once do no harm."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    file_attente = app.extensions["file_attente"]
    try:
        queue = file_attente.queue
    except Exception:
        logger.exception("queue unusable: mails leave within a minute instead of at once")
        file_attente.url = "memory://"
        queue = file_attente.queue

    def every_minute() -> None:
        _try(app, beat)
        at_once()

    def at_once() -> None:
        _try(app, lambda: drain(stop=consumer.stop_flag.is_set))
        run_each(app, SOON)

    file_attente.on_wake = at_once
    queue.periodic_task(crontab(minute="*"), name="every_minute")(every_minute)
    queue.periodic_task(crontab(minute="7"), name="every_hour")(lambda: run_each(app, PERIODIC))
    queue.periodic_task(crontab(minute="*/10"), name="every_ten_minutes")(lambda: run_each(app, OFTEN))
    consumer = _Consumer(queue, workers=1, max_delay=1.0, scheduler_interval=5, graceful_signal="TERM")
    consumer.run()
    for thread in [consumer.scheduler, *(thread for _worker, thread in consumer.worker_threads)]:
        thread.join()  # Ctrl-C too lets the mail in hand leave


def run_each(app: Flask, actions: list[Callable[[], object]]) -> None:
    for action in actions:
        _try(app, action)


def _try(app: Flask, action: Callable[[], object]) -> None:
    """In a context, hence a database session, of its own; a failure is logged and tried again next time."""
    try:
        with app.app_context(), deferred():
            action()
    except Exception:
        logger.exception("the worker goes on")
