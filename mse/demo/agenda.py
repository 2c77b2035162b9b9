"""Past actions of the demonstration, replayed in order with the clock set to the instant of each."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from mse.core.clock import at, zone


class Agenda:
    """Actions added in any order, replayed chronologically: ids, étapes and journal follow the same order."""

    def __init__(self) -> None:
        self._gestes: list[tuple[datetime, int, Callable[[], object]]] = []

    def noter(self, jour: date, minute: int, geste: Callable[..., object], *args: Any, **kwargs: Any) -> None:
        """Add the call `geste(*args, **kwargs)` at this `minute` of the local day `jour`."""
        heure = time(*divmod(minute, 60), tzinfo=zone())
        instant = datetime.combine(jour, heure).astimezone(UTC)
        self._gestes.append((instant, len(self._gestes), lambda: geste(*args, **kwargs)))

    def rejouer(self) -> None:
        for instant, _rang, geste in sorted(self._gestes, key=lambda note: note[:2]):
            with at(instant):
                geste()


def weekday_before(jour: date, n: int) -> date:
    """Return the n-th weekday (Monday to Friday, holidays included) before `jour`."""
    while n:
        jour -= timedelta(days=1)
        n -= jour.weekday() < 5
    return jour


def weekday_after(jour: date, n: int) -> date:
    """Return `jour` + n days, or the next Monday if that day is a Saturday or Sunday."""
    jour += timedelta(days=n)
    return jour + timedelta(days=max(0, 7 - jour.weekday()) if jour.weekday() >= 5 else 0)
