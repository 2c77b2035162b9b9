"""Every test runs on SQLite and on PostgreSQL, on real commits; each begins with the same small base."""

import shutil
from collections.abc import Iterator
from contextlib import nullcontext
from contextvars import Context
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from mse import create_app
from mse.annuaire.use_cases.initialiser import initialiser
from mse.comptes.models import Compte
from mse.config import read_settings
from mse.core import clock
from mse.core.database import begin_deferred
from mse.core.remembered import forget_all
from mse.extensions import db
from mse.schema import upgrade
from tests.fabrique import Monde, build_monde, hidden_fields, open_session
from tests.pg import Cluster

pytest_plugins = ["tests.couverture", "tests.manques", "tests.pg", "tests.navigateur"]

_KEPT = {"territoires", "communes", "themes", "alembic_version"}
_RESTART = """SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, 1, false)
    FROM pg_sequences WHERE last_value IS NOT NULL"""


class Navigateur(FlaskClient):
    """A browser: its requests share nothing with the test but the base and the clock."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        db.session.rollback()
        return Context().run(self._open_at, clock.now() if clock.is_fixed() else None, *args, **kwargs)

    def _open_at(self, instant: datetime | None, *args: Any, **kwargs: Any) -> Any:
        with clock.at(instant) if instant else nullcontext():
            return super().open(*args, **kwargs)

    def poster(self, url: str, page: str | None = None, **champs: Any) -> Any:
        """Opens the form at `page` (default: `url`), then sends it with what is typed in `champs`."""
        cachees = hidden_fields(self.get(page or url).text)
        return self.post(url, data={**cachees, **champs})


def _settings(instance: Path, url: str = "", **environ: str) -> Any:
    return read_settings({"MSE_INSTANCE": str(instance), "MSE_DATABASE_URL": url, **environ})


def _prepared(instance: Path, url: str = "") -> Flask:
    """An application on a migrated base with its territoires and thèmes."""
    application = create_app(_settings(instance, url))
    application.config["TESTING"] = True
    application.test_client_class = Navigateur
    with application.app_context():
        upgrade()
        initialiser()
        db.session.remove()
        db.engine.dispose()
    return application


@pytest.fixture(scope="session")
def sqlite_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    instance = tmp_path_factory.mktemp("instance")
    application = _prepared(instance)
    shutil.copy(instance / "mse.db", instance / "vide.db")
    return application


@pytest.fixture(scope="session")
def postgres_app(postgres: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return _prepared(tmp_path_factory.mktemp("instance"), postgres.new_database("suite"))


def _empty_sqlite(application: Flask) -> None:
    instance = Path(application.instance_path)
    db.engine.dispose()
    for name in ("mse.db-wal", "mse.db-shm"):
        (instance / name).unlink(missing_ok=True)
    shutil.copy(instance / "vide.db", instance / "mse.db")


def _empty_postgres() -> None:
    """Only what the last test filled: a TRUNCATE of every table takes longer than most tests."""
    names = [table.name for table in reversed(db.metadata.sorted_tables) if table.name not in _KEPT]
    look = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for name in names)
    filled = set(db.session.scalars(text(look)))
    for name in (name for name in names if name in filled):
        empty = "TRUNCATE" if name == "journal" else "DELETE FROM"  # the journal refuses a DELETE
        db.session.execute(text(f"{empty} {name}"))
    db.session.execute(text(_RESTART))
    db.session.commit()


@pytest.fixture(params=["sqlite", "postgresql"])
def app(request: pytest.FixtureRequest) -> Iterator[Flask]:
    """The application on an empty base, its context open."""
    application: Flask = request.getfixturevalue(
        f"{'sqlite' if request.param == 'sqlite' else 'postgres'}_app"
    )
    with application.app_context():
        # The test itself must not keep SQLite's only place for a writer; PostgreSQL has many.
        begin_deferred(request.param == "sqlite")
        forget_all()
        _empty_sqlite(application) if request.param == "sqlite" else _empty_postgres()
        yield application
        db.session.remove()


@pytest.fixture
def client(app: Flask) -> Navigateur:
    """A visitor's browser."""
    return app.test_client()  # type: ignore[return-value]


@pytest.fixture
def monde(app: Flask) -> Monde:
    """A few people, two services, two organismes, one promotion and its fiche."""
    return build_monde()


@pytest.fixture
def as_(app: Flask) -> Any:
    """`as_(compte)`: a browser signed in as that person; `as_(None)`: a visitor's."""

    def sign_in(compte: Compte | None) -> Navigateur:
        browser: Navigateur = app.test_client()  # type: ignore[assignment]
        if compte is not None:
            reference = open_session(compte)
            with browser.session_transaction() as cookie:
                cookie["_user_id"] = reference
                cookie["_fresh"] = True
        return browser

    return sign_in
