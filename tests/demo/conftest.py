"""The demonstration, loaded once and copied for each story."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from mse.core.clock import at
from mse.core.database import begin_deferred
from mse.demo.chargement import charger
from mse.extensions import db

CE_JOUR = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def demonstration(sqlite_app: Flask) -> Path:
    """A file of the database as `charger` leaves it."""
    copie = Path(sqlite_app.instance_path) / "demonstration.db"
    with sqlite_app.app_context():
        _put(sqlite_app, "vide.db")
        with at(CE_JOUR):
            charger()
        db.session.remove()
        db.engine.dispose()  # the last connection closed empties the WAL
        shutil.copy(Path(sqlite_app.instance_path) / "mse.db", copie)
    return copie


@pytest.fixture
def region(sqlite_app: Flask, demonstration: Path) -> Iterator[Flask]:
    """The application on the demonstration, on the day it was loaded."""
    with sqlite_app.app_context(), at(CE_JOUR):
        begin_deferred(True)
        _put(sqlite_app, demonstration.name)
        yield sqlite_app
        db.session.remove()


def _put(application: Flask, nom: str) -> None:
    instance = Path(application.instance_path)
    db.engine.dispose()
    for suffixe in ("-wal", "-shm"):
        (instance / f"mse.db{suffixe}").unlink(missing_ok=True)
    shutil.copy(instance / nom, instance / "mse.db")
