"""Concurrent use cases on PostgreSQL (SQLite has one writer at a time).

Each transaction stays open until the others are about to commit or wait for a lock. A missing lock thus
fails every time, not once in a thousand.
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

KEPT_WAITING = 0.5  # seconds after which the others are assumed to wait for a lock


def together(app: Flask, *gestes: Callable[[], Any]) -> list[ErreurMetier | None]:
    """Run the use cases concurrently. Return None or the business error of each.

    Each loads its own objects. Each starts once the previous one is about to commit or has ended, so that
    the order does not depend on the speed of the machine.
    """
    barrier = Barrier(len(gestes))
    reached = [Event() for _geste in gestes]

    def act(rang: int) -> ErreurMetier | None:
        def wait(_session: Any) -> None:
            reached[rang].set()
            with suppress(BrokenBarrierError):
                barrier.wait(KEPT_WAITING)

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


def get(model: Any, key: int) -> Any:
    return db.session.get_one(model, key)
