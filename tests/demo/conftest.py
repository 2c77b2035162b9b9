"""The demonstration data, loaded once and restored for each test."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask

from mse.core.clock import at
from mse.core.database import set_reading
from mse.demo.chargement import charger
from mse.extensions import db

CE_JOUR = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


@pytest.fixture
def region(sqlite_app: Flask) -> Iterator[Flask]:
    """The application with the demonstration data, the clock fixed on the day of its loading."""
    with sqlite_app.app_context(), at(CE_JOUR):
        set_reading(True)
        database_states = sqlite_app.extensions["database_states"]
        database_states.empty()
        database_states.once(charger)
        yield sqlite_app
        db.session.remove()
