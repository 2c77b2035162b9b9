"""What hardly changes and every list shows: asked of the database at most once in a while by each process."""

import time
from collections import deque
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar

from mse.core.errors import TropDeDemandes
from mse.core.textes import _
from mse.extensions import db

P = ParamSpec("P")
R = TypeVar("R")

HALF_A_MINUTE = 30.0  # seconds: figures that everybody reads may be so late
MINUTE = 60.0
MOST = 2000  # answers kept by each process; then all are asked again

_kept: dict[tuple[Any, ...], tuple[float, Any]] = {}
_caches: list[Callable[[], None]] = []


def remembered(seconds: float) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """For queries whose result is never changed by its readers (rows, tuples)."""

    def decorate(query: Callable[P, R]) -> Callable[P, R]:
        @wraps(query)
        def get(*args: P.args, **kwargs: P.kwargs) -> R:
            key = (query, db.engine, args, *kwargs.items())
            until, value = _kept.get(key, (0.0, None))
            if time.monotonic() >= until:
                value = query(*args, **kwargs)
                if len(_kept) >= MOST:
                    _kept.clear()
                _kept[key] = (time.monotonic() + seconds, value)
            return value  # type: ignore[no-any-return]

        return get

    return decorate


def kept(size: int) -> Callable[[Callable[..., R]], Callable[..., R]]:
    """For what follows from its arguments alone, of which one says how new it is: the last `size` answers."""

    def decorate(function: Callable[..., R]) -> Callable[..., R]:
        cached = lru_cache(size)(function)
        _caches.append(cached.cache_clear)
        return cached

    return decorate


def rationed(most: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """For what is dear and anybody may ask for: `most` times a minute by each process, whoever asks; beyond,
    `TropDeDemandes`."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        calls: deque[float] = deque(maxlen=most)
        _caches.append(calls.clear)

        @wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            if len(calls) == most and time.monotonic() < calls[0] + MINUTE:
                raise TropDeDemandes(
                    _("Ce calcul est long, et beaucoup le demandent : revenez dans une minute.")
                )
            calls.append(time.monotonic())
            return function(*args, **kwargs)

        return run

    return decorate


def forget_all() -> None:
    """After a change that must show at once, and between tests."""
    _kept.clear()
    for clear in _caches:
        clear()
