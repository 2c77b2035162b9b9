"""Fixtures: every test runs on SQLite and PostgreSQL, with real commits, from a restored database state."""

import shutil
from collections.abc import Iterator
from contextlib import nullcontext
from contextvars import Context
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from alembic.script import ScriptDirectory
from argon2 import PasswordHasher
from flask import Flask, has_app_context
from flask.testing import FlaskClient

from devtools.factories import JOUR, Monde, build_monde, hidden_fields, open_session
from mse import schema
from mse.annuaire.use_cases.initialiser import initialiser
from mse.app import create_app
from mse.comptes import mots_de_passe, password_hashing
from mse.comptes.models import Compte
from mse.config import read_settings
from mse.core import clock, csv_reading, html
from mse.core.cache import clear_caches
from mse.core.database import set_reading
from mse.extensions import db
from mse.verification import api as verification
from tests.database_states import DatabaseStates
from tests.lecture import Page

if TYPE_CHECKING:  # a plugin, which pytest must import first
    from devtools.postgres import Cluster

_LONG = {"parcours", "demo"}
_MEMORY, _ROOM = Path("/dev/shm"), 256 * 1024 * 1024

# SQLite changes the type of a column by building its table again.
_SUIVANTE = """
import sqlalchemy as sa
from alembic import op

revision = "suivante"
down_revision = "{head}"


def upgrade():
    with op.batch_alter_table("fiches") as batch:
        batch.alter_column("titre", type_=sa.String(999))
        batch.add_column(sa.Column("essai", sa.Integer(), server_default="7", nullable=False))


def downgrade():
    with op.batch_alter_table("fiches") as batch:
        batch.drop_column("essai")
"""

_SLOW = (
    (html, "_to_html"),
    (verification, "check_text"),
    (password_hashing, "hash_mot_de_passe"),
    (password_hashing, "verify_mot_de_passe"),
    (csv_reading, "read_records"),
)

pytest_plugins = ["tests.coverage_once", "devtools.requirements", "devtools.postgres", "tests.navigateur"]


@pytest.hookimpl(wrapper=True, tryfirst=True)  # after the shuffle of pytest-randomly
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Run the longest folders first, so that no process runs them alone at the end.

    Their tests share a site, a browser or the demonstration data, prepared once per process.
    """
    yield
    items.sort(key=lambda item: item.path.parent.name not in _LONG)


class Navigateur(FlaskClient):
    """A test client whose requests share only the database and the clock with the test."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.response_wrapper = type("LaidOutPage", (Page, self.response_wrapper), {})

    def open(self, *args: Any, **kwargs: Any) -> Any:
        db.session.rollback()
        return Context().run(self._open_at, clock.now() if clock.is_fixed() else None, *args, **kwargs)

    def _open_at(self, instant: datetime | None, *args: Any, **kwargs: Any) -> Any:
        with clock.at(instant) if instant else nullcontext():
            return super().open(*args, **kwargs)

    def poster(self, url: str, page: str | None = None, **champs: Any) -> Any:
        """GET the form at `page` (default: `url`), then POST its hidden fields and `champs` to `url`."""
        cachees = hidden_fields(self.get(page or url).text)
        return self.post(url, data={**cachees, **champs})


def _settings(instance: Path, url: str = "", **environ: str) -> Any:
    return read_settings(
        {"MSE_INSTANCE": str(instance), "MSE_DATABASE_URL": url, "MSE_ECRITURES": "1000", **environ}
    )


def _prepared(instance: Path, url: str = "") -> Flask:
    """Return an application on a migrated database with territoires and thèmes."""
    application = create_app(_settings(instance, url))
    application.config["TESTING"] = True
    application.test_client_class = Navigateur
    with application.app_context():
        schema.upgrade()
        initialiser()
        application.extensions["database_states"] = DatabaseStates(application, instance / "database_states")
        db.session.remove()
        db.engine.dispose()
    return application


@pytest.fixture(scope="session")
def sqlite_app() -> Iterator[Flask]:
    """The application on SQLite, in a memory file system if there is one, since commits to disk are slow."""
    roomy = _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ROOM
    with TemporaryDirectory(prefix="mse-", dir=_MEMORY if roomy else None) as folder:
        yield _prepared(Path(folder))


@pytest.fixture(scope="session")
def postgres_app(postgres: "Cluster", tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return _prepared(tmp_path_factory.mktemp("instance"), postgres.new_database("suite"))


@pytest.fixture(params=["sqlite", "postgresql"])
def app(request: pytest.FixtureRequest) -> Iterator[Flask]:
    """The application on an empty database, within its application context."""
    application: Flask = request.getfixturevalue(
        f"{'sqlite' if request.param == 'sqlite' else 'postgres'}_app"
    )
    with application.app_context():
        # On SQLite, a transaction of the test itself must not hold the only write lock.
        set_reading(request.param == "sqlite")
        clear_caches()
        application.extensions["database_states"].empty()
        yield application
        db.session.remove()


@pytest.fixture(autouse=True)
def _slow_work_before_transactions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail if slow work on a text or password runs in a use case: it would block writers on SQLite."""
    for module, name in _SLOW:
        work = getattr(module, name)

        def checked(*args: Any, _work: Any = work, _name: str = name, **kwargs: Any) -> Any:
            if has_app_context() and not db.session().info.get("batch"):
                assert not db.session().info.get("in_use_case"), f"{_name} within a use case"
            return _work(*args, **kwargs)

        monkeypatch.setattr(module, name, checked)


@pytest.fixture(autouse=True, scope="session")
def _cheap_passwords() -> None:
    """Use the cheapest argon2 parameters: the suite hashes about a thousand passwords."""
    mots_de_passe._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture
def database_states(app: Flask) -> DatabaseStates:
    """The saved database states from which tests start."""
    database_states: DatabaseStates = app.extensions["database_states"]
    return database_states


@pytest.fixture
def migration_suivante(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Run the test with one migration more than the software has; it rebuilds the table of the fiches. Return
    the revision before it."""
    folder = tmp_path / "migrations"
    shutil.copytree(schema.FOLDER, folder)
    head = ScriptDirectory(str(schema.FOLDER)).get_current_head()
    assert head is not None
    (folder / "versions" / "suivante.py").write_text(_SUIVANTE.format(head=head), "utf-8")
    monkeypatch.setattr(schema, "FOLDER", folder)
    return head


@pytest.fixture
def client(app: Flask) -> Navigateur:
    """A visitor's browser."""
    return app.test_client()  # type: ignore[return-value]


@pytest.fixture
def jour() -> Iterator[None]:
    """Fix the clock at JOUR for the whole test, fixtures included.

    Modules that name a date use `pytestmark = pytest.mark.usefixtures("jour")`.
    """
    with clock.at(JOUR):
        yield


@pytest.fixture
def monde(database_states: DatabaseStates) -> Monde:
    """A few people, two services, two organismes, one promotion and its fiche."""
    return database_states.once(build_monde)


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
