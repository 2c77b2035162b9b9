"""What hardly changes and every list shows: asked of the database at most once in a while by each process."""

import time
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, TypeVar

from mse.extensions import db

R = TypeVar("R")

_kept: dict[tuple[Any, Any], tuple[float, Any]] = {}
_caches: list[Callable[[], None]] = []


def remembered(seconds: float) -> Callable[[Callable[[], R]], Callable[[], R]]:
    """For queries without argument whose result is never changed by its readers (rows, tuples)."""

    def decorate(query: Callable[[], R]) -> Callable[[], R]:
        @wraps(query)
        def get() -> R:
            key = (query, db.engine)
            until, value = _kept.get(key, (0.0, None))
            if time.monotonic() >= until:
                value = query()
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


def forget_all() -> None:
    """After a change that must show at once, and between tests."""
    _kept.clear()
    for clear in _caches:
        clear()
