"""Several people in the same instant, on PostgreSQL (SQLite has one writer at a time).

Each holds its transaction open until the others have come as far, or is kept waiting by a lock: what no lock
protects goes wrong every time, not once in a thousand.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError, Event
from typing import Any

from flask import Flask
from sqlalchemy import event

from mse.core.errors import ErreurMetier
from mse.extensions import db

KEPT_WAITING = 0.5  # seconds after which the others are believed to wait for a lock


def together(app: Flask, *gestes: Callable[[], Any]) -> list[ErreurMetier | None]:
    """What became of each: None, or its refusal. Each reads what it needs by itself.

    Each begins once the one before it is about to commit or has ended: the order does not depend on the
    machine's speed.
    """
    ensemble = Barrier(len(gestes))
    reached = [Event() for _geste in gestes]

    def act(rang: int) -> ErreurMetier | None:
        def wait(_session: Any) -> None:
            reached[rang].set()
            with suppress(BrokenBarrierError):
                ensemble.wait(KEPT_WAITING)

        if rang:
            reached[rang - 1].wait(KEPT_WAITING)
        with app.app_context():
            event.listen(db.session(), "before_commit", wait)
            try:
                gestes[rang]()
            except ErreurMetier as refus:
                return refus
            finally:
                reached[rang].set()
                db.session.remove()
        return None

    db.session.rollback()
    with ThreadPoolExecutor(len(gestes)) as pool:
        return list(pool.map(act, range(len(gestes))))


def get(modele: Any, cle: int) -> Any:
    return db.session.get_one(modele, cle)
