"""The only clock of the application. Tests and the demo loader fix it with `at`;
no other module calls `datetime.now`."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from mse.demarche import get_demarche

_fixed: ContextVar[datetime | None] = ContextVar("fixed_instant", default=None)


def zone() -> ZoneInfo:
    return ZoneInfo(get_demarche().fuseau)


def now() -> datetime:
    """Return the current instant, in UTC."""
    return _fixed.get() or datetime.now(UTC)


def is_recent(instant: datetime) -> bool:
    """True for 10 minutes after `instant`. The same request within that time is a double submission."""
    return instant >= now() - timedelta(minutes=10)


def today() -> date:
    """Return the local date in the time zone of the démarche, not of the server."""
    return local_date(now())


def local_date(instant: datetime) -> date:
    return instant.astimezone(zone()).date()


def midnight(day: date) -> datetime:
    """Return the UTC instant at which that local day begins."""
    return datetime.combine(day, time.min, zone()).astimezone(UTC)


def is_fixed() -> bool:
    return _fixed.get() is not None


@contextmanager
def at(instant: datetime) -> Iterator[None]:
    """Fix `now()` to `instant` inside the block. Raises `ValueError` if `instant` has no time zone."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs a zone")
    token = _fixed.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _fixed.reset(token)
