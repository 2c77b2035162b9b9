"""What hardly changes and every list shows: asked of the database at most once in a while by each process."""

import time
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar

from mse.extensions import db

P = ParamSpec("P")
R = TypeVar("R")

HALF_A_MINUTE = 30.0  # seconds: figures that everybody reads may be so late
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


def on_forget(clear: Callable[[], None]) -> None:
    """Registers what `forget_all` clears too."""
    _caches.append(clear)


def forget_all() -> None:
    """After a change that must show at once, and between tests."""
    _kept.clear()
    for clear in _caches:
        clear()
