"""The worker's queue by its address: a file, PostgreSQL or Redis. It wakes; losing it loses nothing."""

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from mse.core.file_attente import ENOUGH, FileAttente
from mse.notifications.queries import get_worker_vu_le
from tests.manques import program
from tests.notifications.conftest import Serveur, free_port
from tests.notifications.test_worker import start, wait_for  # noqa: F401  (a fixture)
from tests.pg import Cluster


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Redis of our own, kept in memory."""
    server = program("Redis", "redis-server", "valkey-server")
    port, folder = free_port(), tmp_path_factory.mktemp("redis")
    words = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    process = subprocess.Popen([server, *words], stdout=subprocess.DEVNULL)
    yield f"redis://127.0.0.1:{port}/0"
    process.terminate()
    process.wait(10)


@pytest.fixture(params=["postgresql", "redis"])
def url(request: pytest.FixtureRequest) -> Iterator[str]:
    if request.param == "redis":
        yield request.getfixturevalue("redis")
        return
    cluster: Cluster = request.getfixturevalue("postgres")
    base = cluster.new_database("file_attente")
    yield base
    cluster.drop_database(base)


@pytest.fixture
def file_attente(url: str) -> Iterator[FileAttente]:
    file_attente = FileAttente(url)
    yield file_attente
    file_attente.queue.flush()
    file_attente.queue.storage.close()


def test_un_reveil_passe_d_un_processus_a_l_autre(file_attente: FileAttente, url: str) -> None:
    for _fois in range(100):
        file_attente.poke()
    worker = FileAttente(url)
    assert worker.queue.pending_count() == ENOUGH  # they do not pile up
    reveils = []
    worker.on_wake = lambda: reveils.append(1)
    while worker.queue.pending_count():
        worker.queue.execute(worker.queue.dequeue())
    assert len(reveils) == ENOUGH
    worker.queue.storage.close()


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_un_courriel_part_des_qu_il_est_ecrit(
    app: Flask,
    file_attente: FileAttente,
    url: str,
    start: Any,  # noqa: F811
    serveur: Serveur,
    ecrire: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(app.extensions, "file_attente", file_attente)
    start(MSE_FILE_URL=url)
    wait_for(get_worker_vu_le)
    time.sleep(0.5)  # the drain of the start is over
    ecrire()
    wait_for(lambda: serveur.recus, seconds=5)  # far below the minute of the safety net


@pytest.mark.parametrize("absente", ["redis://127.0.0.1:{}/0", "postgresql://127.0.0.1:{}/mse"])
def test_une_file_qui_ne_repond_pas_n_empeche_pas_d_ecrire(
    app: Flask, ecrire: Any, absente: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(app.extensions, "file_attente", FileAttente(absente.format(free_port())))
    debut = time.monotonic()
    ecrire()
    assert time.monotonic() - debut < 5
    assert "the worker was not woken" in caplog.text


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_le_worker_sans_sa_file_envoie_quand_meme(
    start: Any,  # noqa: F811
    serveur: Serveur,
    ecrire: Any,
    tmp_path: Path,
) -> None:
    ecrire()
    start(MSE_FILE_URL=f"redis://127.0.0.1:{free_port()}/0")
    wait_for(lambda: serveur.recus)
