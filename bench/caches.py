"""Disable caches of the application, to measure what each is worth (ADR 15)."""

from typing import Any

VARIABLE = "MSE_BENCH_WITHOUT"
NAMES = ("cached_for", "memoized", "constants", "macros")  # or one macro of `mse.app.CACHED_MACROS`


def switch_off(names: str) -> None:
    """Disable the named caches, separated by commas. Call it before the application is imported: decorators
    run once."""
    from mse.core import cache
    from mse.core.web import templates

    off = set(filter(None, names.split(",")))

    def uncached(_limit: Any) -> Any:
        return lambda function: function

    original = templates.Environment.cache_macro

    def cache_macro(environment: Any, template: str, macro: str, answers: int) -> None:
        original(environment, template, macro, 0 if off & {macro, "macros"} else answers)

    replaced: list[tuple[Any, str, Any, bool]] = [
        (templates.Environment, "cache_macro", cache_macro, True),
        (cache, "cached_for", uncached, "cached_for" in off),
        (cache, "memoized", uncached, "memoized" in off),
        (templates, "HAS_CATALOGUES", True, "constants" in off),
    ]
    for owner, name, value, wanted in replaced:
        if wanted:
            setattr(owner, name, value)
