"""Rate limits: whoever asks is counted first, then what is asked about, then everybody together.

The limits of an attempt are listed in that order, each smaller share before the larger one. An attempt beyond
a limit is counted under none of them: who insists uses up his own share and nobody else's, and his wait does
not grow. `count_attempt` counts in the database; `rationed` counts in the process, for pages that only read.
"""

import hashlib
import hmac
import math
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from ipaddress import IPv6Address, ip_address, ip_network
from typing import ParamSpec, TypeVar

from sqlalchemy import Index, String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from mse.core.clock import now
from mse.core.database import UTCDateTime, one_at_a_time
from mse.core.errors import TropDeDemandes
from mse.core.remembered import on_forget
from mse.core.textes import _, ngettext
from mse.extensions import Model, db

P = ParamSpec("P")
R = TypeVar("R")

KEPT = timedelta(days=1)  # the longest window
HOUR = timedelta(hours=1)
MINUTE = 60.0  # seconds

_asker: ContextVar[str] = ContextVar("asker", default="")


class CountedAttempt(Model):
    """An attempt under one key. A key is a keyed hash: the table tells no address and no account."""

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
    """An attempt under way. With an `attente` (seconds) it was not counted and must not go on."""

    ids: tuple[int, ...] = ()
    attente: int = 0


class TropDEssais(TropDeDemandes):
    def __init__(self, attente: int) -> None:
        self.attente = attente
        super().__init__(phrase_d_attente(attente))


def phrase_d_attente(attente: int) -> str:
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
    """The key of a limit, as it is stored."""
    text = f"{kind}:{value}".encode(errors="replace")
    return hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()


def network(address: str | None) -> str:
    """Return what requests are counted under: the address for IPv4, its /64 for IPv6, "" if invalid."""
    try:
        ip = ip_address((address or "").partition("%")[0])
    except ValueError:
        return ""
    if isinstance(ip, IPv6Address):
        return str(ip.ipv4_mapped or ip_network((ip, 64), strict=False))
    return str(ip)


def count_attempt(limits: Sequence[Limit]) -> Attempt:
    """Within a use case. The wait is that of the first limit exceeded."""
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
    """Within a use case. Raises `TropDEssais`."""
    attempt = count_attempt(limits)
    if attempt.attente:
        raise TropDEssais(attempt.attente)
    return attempt


def forget_attempts(attempt: Attempt, key: str = "") -> None:
    """Within the use case that a good attempt leads to: itself, and what was counted under `key`."""
    db.session.execute(
        delete(CountedAttempt)
        .where((CountedAttempt.cle == key) | CountedAttempt.id.in_(attempt.ids))
        .execution_options(synchronize_session=False)
    )


def _get_oldest_that_fills(limit: Limit, le: datetime) -> datetime | None:
    """When the limit is reached: the attempt whose end makes room again."""
    return db.session.scalar(
        select(CountedAttempt.le)
        .where(CountedAttempt.cle == limit.key, CountedAttempt.le > le - limit.window)
        .order_by(CountedAttempt.le.desc())
        .offset(limit.most - 1)
        .limit(1)
    )


def _forget_old(*, before: datetime) -> None:
    """What another transaction is forgetting already is left to it."""
    old = select(CountedAttempt.id).where(CountedAttempt.le < before).limit(500)
    old = old.with_for_update(skip_locked=True)
    db.session.execute(
        delete(CountedAttempt).where(CountedAttempt.id.in_(old)).execution_options(synchronize_session=False)
    )


def asked_from(address: str | None) -> None:
    """From now on in this context (a web request ends with its own) it is this address that asks."""
    _asker.set(network(address))


def rationed(each: int, all_: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Limit an expensive public query, per process and per minute: `each` for one address, `all_` together.
    Raises `TropDeDemandes`."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        calls: deque[tuple[float, str]] = deque(maxlen=all_)
        on_forget(calls.clear)

        @wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            started, asker = time.monotonic(), _asker.get()
            recent = [who for at, who in calls if started < at + MINUTE]
            if recent.count(asker) >= each or len(recent) >= all_:
                raise TropDeDemandes(_("Beaucoup de longs calculs sont demandés : revenez dans une minute."))
            calls.append((started, asker))
            return function(*args, **kwargs)

        return run

    return decorate
