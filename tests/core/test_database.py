"""SQLite has one writer at a time: how long the site, the worker and the commands wait for the lock."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import OperationalError

from mse import cli
from mse.core import database


def _write(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO battements VALUES ('worker')"))


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    monkeypatch.setattr(database, "BUSY_TIMEOUT_MS", 20)
    database.set_reading(False)  # reset what a previous test left in this context
    engine = create_engine(f"sqlite:///{tmp_path}/mse.db")
    database.prepare_engine(engine)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE battements (nom TEXT)"))
    return engine


@contextmanager
def un_long_import(site: Engine) -> Iterator[None]:
    with site.connect() as connection, connection.begin():
        yield


def test_le_worker_attend_la_fin_d_un_long_import(site: Engine) -> None:
    worker = create_engine(site.url)
    database.prepare_engine(worker)
    database.wait_longer_for_locks(worker)
    with ThreadPoolExecutor() as pool:
        with un_long_import(site):
            with pytest.raises(OperationalError, match="locked"):
                _write(site)
            ecrit = pool.submit(_write, worker)
            time.sleep(0.1)  # longer than the timeout of the site
            assert not ecrit.done()
        ecrit.result()


@pytest.mark.parametrize(("commande", "patiente"), [("migrer", True), ("serve", False)])
def test_seul_le_site_n_attend_pas(
    commande: str, patiente: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker and the commands wait long for the lock, the site does not: a person waits for the page."""
    patients: list[Engine] = []
    monkeypatch.setattr(cli, "wait_longer_for_locks", patients.append)
    monkeypatch.setenv("MSE_INSTANCE", str(tmp_path))
    monkeypatch.setenv("MSE_DATABASE_URL", "")
    CliRunner().invoke(cli.cli, [commande, *(["--host", "0.0.0.0"] if commande == "serve" else [])])
    assert bool(patients) == patiente
