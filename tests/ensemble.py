"""Several people in the same instant, on PostgreSQL (SQLite has one writer at a time).

Each holds its transaction open until the others have come as far, or is kept waiting by a lock: what no lock
protects goes wrong every time, not once in a thousand.
"""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError
from typing import Any

from flask import Flask
from sqlalchemy import event

from mse.core.errors import ErreurMetier
from mse.extensions import db

KEPT_WAITING = 0.5  # seconds after which the others are believed to wait for a lock
ONE_BEHIND_THE_OTHER = 0.05  # seconds: they come in the order they are given


def together(app: Flask, *gestes: Callable[[], Any]) -> list[ErreurMetier | None]:
    """What became of each: None, or its refusal. Each reads what it needs by itself."""
    ensemble = Barrier(len(gestes))

    def wait(_session: Any) -> None:
        with suppress(BrokenBarrierError):
            ensemble.wait(KEPT_WAITING)

    def act(rang: int) -> ErreurMetier | None:
        time.sleep(rang * ONE_BEHIND_THE_OTHER)
        with app.app_context():
            event.listen(db.session(), "before_commit", wait)
            try:
                gestes[rang]()
            except ErreurMetier as refus:
                return refus
            finally:
                db.session.remove()
        return None

    db.session.rollback()
    with ThreadPoolExecutor(len(gestes)) as pool:
        return list(pool.map(act, range(len(gestes))))


def get(modele: Any, cle: int) -> Any:
    return db.session.get_one(modele, cle)
