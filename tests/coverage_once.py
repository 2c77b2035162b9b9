"""Pytest plugin that measures coverage only on SQLite, since a test runs the same code on PostgreSQL.

Tracing makes a test two thirds slower (Python 3.11).
"""

from collections.abc import Iterator
from typing import Any

import pytest

_TWINS = pytest.StashKey[set[str]]()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    found = {item.nodeid for item in items}
    twins = {item.nodeid for item in items if _on_sqlite(item) in found - {item.nodeid}}
    config.stash[_TWINS] = twins


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Pause tracing for the fixtures too, which take most of the time."""
    plugin: Any = item.config.pluginmanager.getplugin("_cov")
    tracer = plugin.cov_controller if plugin and item.nodeid in item.config.stash[_TWINS] else None
    if tracer:
        tracer.pause()
    try:
        return (yield)
    finally:
        if tracer:
            tracer.resume()


def _on_sqlite(item: pytest.Item) -> str:
    return item.nodeid.replace("[postgresql", "[sqlite")
