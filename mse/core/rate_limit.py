"""Rate limits per requester, then per target, then in total.

The limits of an attempt are listed in that order, from the lowest to the highest. An attempt beyond one limit
counts for none of them: a requester who keeps trying neither uses up the limits of others nor extends the
wait. `count_attempt` counts in the database; `rate_limited` counts in the process, for pages that only read.
"""

import hashlib
import hmac
import math
import time
from collections import Counter, deque
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from ipaddress import IPv6Address, ip_address, ip_network
from threading import Lock
from typing import ParamSpec, TypeVar

from sqlalchemy import Index, String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from mse.core.cache import on_clear_caches
from mse.core.clock import now
from mse.core.database import UTCDateTime, one_at_a_time
from mse.core.errors import TropDeDemandes
from mse.core.text import lazy, ngettext
from mse.extensions import Model, db

P = ParamSpec("P")
R = TypeVar("R")

KEPT = timedelta(days=1)  # attempts are deleted after the longest window
HOUR = timedelta(hours=1)
MINUTE = 60.0  # seconds

_client: ContextVar[str] = ContextVar("client", default="")


class CountedAttempt(Model):
    """An attempt counted under a key: an HMAC, so that the table reveals neither addresses nor accounts."""

    __tablename__ = "echecs_connexion"
    __table_args__ = (Index(None, "cle", "le"), Index(None, "le"))

    id: Mapped[int] = mapped_column(primary_key=True)
    cle: Mapped[str] = mapped_column(String(64))
    le: Mapped[datetime] = mapped_column(UTCDateTime)


@dataclass(frozen=True)
class Limit:
    """At most `most` attempts under `key` within `window`."""

    key: str
    most: int
    window: timedelta


@dataclass(frozen=True)
class Attempt:
    """A counted attempt. If `attente` (seconds) is not 0, it was not counted and must be refused."""

    ids: tuple[int, ...] = ()
    attente: int = 0


class TooManyAttempts(TropDeDemandes):
    def __init__(self, attente: int) -> None:
        self.attente = attente
        super().__init__(wait_message(attente))


def wait_message(attente: int) -> str:
    """Return the sentence that tells how long to wait. `attente`: seconds."""
    if attente > HOUR.total_seconds():
        return ngettext(
            "Il y a eu trop d’essais. Attendez %(num)s heure, puis recommencez.",
            "Il y a eu trop d’essais. Attendez %(num)s heures, puis recommencez.",
            math.ceil(attente / HOUR.total_seconds()),
        )
    return ngettext(
        "Il y a eu trop d’essais. Attendez une minute, puis recommencez.",
        "Il y a eu trop d’essais. Attendez %(num)s minutes, puis recommencez.",
        max(1, math.ceil(attente / 60)),
    )


def hash_key(secret: str, kind: str, value: str) -> str:
    """Return the stored key of a limit: an HMAC of its kind and value."""
    text = f"{kind}:{value}".encode(errors="replace")
    return hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()


def requester_key(address: str | None) -> str:
    """Return the key of a requester: the address for IPv4, its /64 network for IPv6, empty if invalid."""
    try:
        ip = ip_address((address or "").partition("%")[0])
    except ValueError:
        return ""
    if isinstance(ip, IPv6Address):
        return str(ip.ipv4_mapped or ip_network((ip, 64), strict=False))
    return str(ip)


def count_attempt(limits: Sequence[Limit]) -> Attempt:
    """Count an attempt under each limit. If one is reached, count nothing and return the wait for the first
    one reached, in `attente`. Call it inside a use case."""
    le = now()
    one_at_a_time(*(limit.key for limit in limits))
    _forget_old(before=le - max(KEPT, *(limit.window for limit in limits)))
    for limit in limits:
        oldest = _get_oldest_that_fills(limit, le)
        if oldest is not None:
            return Attempt(attente=math.ceil((oldest + limit.window - le).total_seconds()))
    rows = [CountedAttempt(cle=limit.key, le=le) for limit in limits]
    db.session.add_all(rows)
    db.session.flush()
    return Attempt(tuple(row.id for row in rows))


def count_or_refuse(limits: Sequence[Limit]) -> Attempt:
    """Like `count_attempt`, but raises `TooManyAttempts` beyond a limit."""
    attempt = count_attempt(limits)
    if attempt.attente:
        raise TooManyAttempts(attempt.attente)
    return attempt


def forget_attempts(attempt: Attempt, key: str = "") -> None:
    """Delete an attempt that succeeded, and everything counted under `key`. Call it inside a use case."""
    db.session.execute(
        delete(CountedAttempt)
        .where((CountedAttempt.cle == key) | CountedAttempt.id.in_(attempt.ids))
        .execution_options(synchronize_session=False)
    )


def _get_oldest_that_fills(limit: Limit, le: datetime) -> datetime | None:
    """Return the instant of the attempt that must expire before a new one is allowed; None if the limit is
    not reached."""
    return db.session.scalar(
        select(CountedAttempt.le)
        .where(CountedAttempt.cle == limit.key, CountedAttempt.le > le - limit.window)
        .order_by(CountedAttempt.le.desc())
        .offset(limit.most - 1)
        .limit(1)
    )


def _forget_old(*, before: datetime) -> None:
    """Delete old attempts, except rows that another transaction has locked to delete them."""
    old = select(CountedAttempt.id).where(CountedAttempt.le < before).limit(500)
    old = old.with_for_update(skip_locked=True)
    db.session.execute(
        delete(CountedAttempt).where(CountedAttempt.id.in_(old)).execution_options(synchronize_session=False)
    )


def set_client_address(address: str | None) -> None:
    """Set the client address that `rate_limited` counts by. Each web request has its own context."""
    _client.set(requester_key(address))


def _forget_call(counts: Counter[str], client: str) -> None:
    counts[client] -= 1
    if not counts[client]:
        del counts[client]


_LONG = lazy("Beaucoup de longs calculs sont demandés : revenez dans une minute.")


def rate_limited(each: int, all_: int, phrase: object = _LONG) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Rate-limit an expensive public query, per process and per minute: `each` calls for one address, `all_`
    in total. Raises `TropDeDemandes` with `phrase`."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        calls: deque[tuple[float, str]] = deque()
        counts = Counter[str]()  # of these calls, by address
        lock = Lock()
        on_clear_caches(calls.clear)
        on_clear_caches(counts.clear)

        @wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            started, client = time.monotonic(), _client.get()
            with lock:
                while calls and calls[0][0] + MINUTE <= started:
                    _forget_call(counts, calls.popleft()[1])
                if counts[client] >= each or len(calls) >= all_:
                    raise TropDeDemandes(str(phrase))
                calls.append((started, client))
                counts[client] += 1
            return function(*args, **kwargs)

        return run

    return decorate
