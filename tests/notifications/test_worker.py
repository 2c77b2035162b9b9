"""The worker is a process of its own: woken after a commit, ended by SIGTERM, alive without its queue."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import repeat
from pathlib import Path
from typing import IO, Any

import pytest
from flask import Flask
from huey import crontab
from sqlalchemy import select

from mse.core.clock import now
from mse.core.file_attente import ENOUGH, FileAttente, make_queue
from mse.extensions import db
from mse.notifications import worker
from mse.notifications.cli import COMMANDS
from mse.notifications.models import Courriel
from mse.notifications.queries import get_worker_vu_le
from mse.notifications.use_cases import beat
from tests.notifications.conftest import Serveur

RUN = """
import logging
from mse import create_app
from mse.notifications.worker import run_worker
with create_app().app_context():
    logging.getLogger("huey").setLevel("INFO")
    logging.getLogger("huey").addHandler(logging.StreamHandler())
    run_worker()
"""
STOPPING = "Shutting down gracefully"  # logged once the worker is to claim no other mail


@pytest.fixture
def start(app: Flask, serveur: Serveur) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """`start()`: a worker on the database of this test, sending to its server."""
    started = []

    def popen(
        instance: Path | str = app.instance_path, journal: IO[bytes] | None = None, **autres: str
    ) -> subprocess.Popen[bytes]:
        environ = {
            "MSE_INSTANCE": str(instance),
            "MSE_DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"],
            "MSE_MAIL_SERVER": "127.0.0.1",
            "MSE_MAIL_PORT": str(serveur.port),
            "MSE_MAIL_TLS": "non",
            **autres,
        }
        process = subprocess.Popen([sys.executable, "-c", RUN], env={**os.environ, **environ}, stderr=journal)
        started.append(process)
        return process

    yield popen
    for process in started:
        process.kill()
        process.wait()


def wait_for(condition: Callable[[], Any], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        db.session.rollback()
        assert time.monotonic() < deadline, "nothing came"
        time.sleep(0.05)
    db.session.rollback()  # nothing is read from a past state: the worker may write meanwhile


def test_un_courriel_part_des_qu_il_est_ecrit(start: Any, serveur: Serveur, ecrire: Any) -> None:
    start()
    wait_for(get_worker_vu_le)
    time.sleep(0.5)  # the drain of the start is over
    ecrire()
    wait_for(lambda: serveur.recus, seconds=5)  # far below the minute of the safety net


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_sigterm_finit_le_courriel_en_main(start: Any, serveur: Serveur, ecrire: Any, tmp_path: Path) -> None:
    ecrire(5)
    serveur.humeurs = repeat("retenu")
    journal = tmp_path / "worker.log"
    with journal.open("wb") as sortie:
        process = start(journal=sortie)
    wait_for(lambda: serveur.vus)
    process.send_signal(signal.SIGTERM)
    wait_for(lambda: STOPPING in journal.read_text("utf-8"))
    serveur.release()
    assert process.wait(60) == 0
    courriels = list(db.session.scalars(select(Courriel)))
    assert not any(courriel.reservee_jusqu_a for courriel in courriels)
    assert sorted(serveur.ids()) == sorted(row.message_id for row in courriels if row.envoye_le)
    assert 1 <= len(serveur.vus) <= 2  # the look of the start and the wake-up may each hold one


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_sans_file_d_attente_le_courriel_part_quand_meme(
    start: Any, serveur: Serveur, ecrire: Any, tmp_path: Path
) -> None:
    (tmp_path / "file.db").mkdir()  # nothing can be opened there
    ecrire()
    start(instance=tmp_path)
    wait_for(lambda: serveur.recus)


def test_le_filet_de_chaque_minute_ne_passe_pas_par_la_file(monkeypatch: pytest.MonkeyPatch) -> None:
    faites = []
    queue = make_queue("memory://")
    queue.periodic_task(crontab(minute="*"), name="every_minute")(lambda: faites.append(1))
    monkeypatch.setattr(queue, "storage", None)  # the queue is down
    worker._Scheduler(queue, threading.Event(), 1, True).enqueue_periodic_tasks(None)
    assert faites == [1]


def test_une_file_en_panne_n_empeche_pas_d_ecrire(
    app: Flask, ecrire: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    cassee = FileAttente(f"sqlite:///{tmp_path}/absent/file.db")
    monkeypatch.setitem(app.extensions, "file_attente", cassee)
    ecrire()
    assert "the worker was not woken" in caplog.text
    (tmp_path / "absent").mkdir()
    ecrire()
    assert cassee.queue.pending_count() == 1  # works again without a restart


def test_les_reveils_ne_s_accumulent_pas(tmp_path: Path) -> None:
    file_attente = FileAttente(f"sqlite:///{tmp_path}/file.db")
    for _fois in range(100):
        file_attente.poke()
    assert file_attente.queue.pending_count() == ENOUGH


def test_une_file_inconnue_est_refusee() -> None:
    with pytest.raises(ValueError, match="no queue for amqp"):
        make_queue("amqp://exemple.fr")


def test_le_worker_donne_signe_de_vie(app: Flask) -> None:
    assert get_worker_vu_le() is None
    beat()
    beat()
    vu_le = get_worker_vu_le()
    assert vu_le is not None
    assert now() - vu_le < timedelta(seconds=5)


def test_une_tache_en_panne_n_arrete_pas_les_autres(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    faites = []

    def broken() -> None:
        raise LookupError("perdu")

    monkeypatch.setattr(worker, "PERIODIC", [broken, lambda: faites.append(1)])
    worker.run_each(app, worker.PERIODIC)
    assert faites == [1]
    assert "LookupError" in caplog.text


def test_la_commande_envoie_ce_qui_attend(app: Flask, serveur: Serveur, ecrire: Any) -> None:
    ecrire(3)
    serveur.humeurs = iter(["ok", "rcpt 550 No", "451 Later"])
    commande = next(command for command in COMMANDS if command.name == "envoyer-courriels")
    sortie = app.test_cli_runner().invoke(commande).output.splitlines()
    assert sortie == ["1 courriel envoyé.", "1 refusé.", "1 remis à plus tard."]
