"""Two caches of results, in each process: `memoized` for functions whose result depends on their arguments
alone, `cached_for` for queries. Without them, pages would miss the performance goals (ADR 15)."""

import time
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar

from mse.extensions import db

P = ParamSpec("P")
R = TypeVar("R")

THIRTY_SECONDS = 30.0  # seconds; public figures may be that old
MAX_ENTRIES = 2000  # entries per process; a full cache is cleared

_kept: dict[tuple[Any, ...], tuple[float, Any]] = {}
_caches: list[Callable[[], None]] = []


def cached_for(seconds: float) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Decorator: cache the results of a query for `seconds`. Callers must not modify them (rows, tuples)."""

    def decorate(query: Callable[P, R]) -> Callable[P, R]:
        @wraps(query)
        def get(*args: P.args, **kwargs: P.kwargs) -> R:
            key = (query, db.engine, args, *kwargs.items())
            until, value = _kept.get(key, (0.0, None))
            if time.monotonic() >= until:
                value = query(*args, **kwargs)
                if len(_kept) >= MAX_ENTRIES:
                    _kept.clear()
                _kept[key] = (time.monotonic() + seconds, value)
            return value  # type: ignore[no-any-return]

        return get

    return decorate


def memoized(size: int) -> Callable[[Callable[..., R]], Callable[..., R]]:
    """Cache the last `size` results of a function that depends on its arguments only. One argument must
    identify the version of the data."""

    def decorate(function: Callable[..., R]) -> Callable[..., R]:
        cached = lru_cache(size)(function)
        _caches.append(cached.cache_clear)
        return cached

    return decorate


def on_clear_caches(clear: Callable[[], None]) -> None:
    """Register a function that `clear_caches` calls."""
    _caches.append(clear)


def clear_caches() -> None:
    """Clear all caches: after a change that must be visible at once, and between tests."""
    _kept.clear()
    for clear in _caches:
        clear()
