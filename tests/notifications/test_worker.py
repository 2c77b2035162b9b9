"""The worker process: it polls the outbox and ends on SIGTERM."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import repeat
from pathlib import Path
from types import SimpleNamespace
from typing import IO, Any

import pytest
from flask import Flask
from sqlalchemy import select

from devtools.smtp import Serveur
from mse.core.clock import now
from mse.extensions import db
from mse.notifications import worker
from mse.notifications.cli import COMMANDS
from mse.notifications.models import Courriel
from mse.notifications.queries import get_worker_vu_le
from mse.notifications.use_cases import beat

RUN = """
import logging
from mse.app import create_app
from mse.notifications.worker import run_worker
with create_app().app_context():
    logging.getLogger("mse.notifications.worker").setLevel("INFO")
    logging.getLogger("mse.notifications.worker").addHandler(logging.StreamHandler())
    run_worker()
"""
STOPPING = "stopping: "  # logged once the worker claims no more e-mails


@pytest.fixture
def start(app: Flask, serveur: Serveur) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """`start()`: start a worker process on the database and the SMTP server of this test."""
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
    db.session.rollback()  # end the read transaction, so that the test sees what the worker writes


def test_un_courriel_part_des_qu_il_est_ecrit(start: Any, serveur: Serveur, ecrire: Any) -> None:
    start()
    wait_for(get_worker_vu_le)
    time.sleep(0.5)  # wait until the first drain is over
    ecrire()
    wait_for(lambda: serveur.recus)


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_sigterm_finit_le_courriel_en_main(start: Any, serveur: Serveur, ecrire: Any, tmp_path: Path) -> None:
    ecrire(5)
    serveur.behaviours = repeat("retenu")
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
    assert len(serveur.vus) == 1


def test_un_serveur_en_panne_est_essaye_une_fois_par_minute(
    app: Flask, serveur: Serveur, ecrire: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ecrire(worker.TROUBLES * 2)
    serveur.behaviours = repeat("coupe")
    heure = [1000.0]
    monkeypatch.setattr(worker, "time", SimpleNamespace(monotonic=lambda: heure[0]))
    outbox = worker.Outbox(lambda: False)
    outbox.drain_if_due()
    outbox.drain_if_due()
    assert len(serveur.vus) == worker.TROUBLES
    heure[0] += worker.MINUTE
    outbox.drain_if_due()
    assert len(serveur.vus) == worker.TROUBLES * 2


def test_rien_a_envoyer_ne_prend_pas_le_verrou_d_ecriture(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "drain", lambda **_: pytest.fail("drained"))
    worker.Outbox(lambda: False).drain_if_due()


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

    monkeypatch.setattr(worker, "EVERY_HOUR", [broken, lambda: faites.append(1)])
    worker.run_each(app, worker.EVERY_HOUR)
    assert faites == [1]
    assert "LookupError" in caplog.text


def test_la_commande_envoie_ce_qui_attend(app: Flask, serveur: Serveur, ecrire: Any) -> None:
    ecrire(3)
    serveur.behaviours = iter(["ok", "rcpt 550 No", "451 Later"])
    commande = next(command for command in COMMANDS if command.name == "envoyer-courriels")
    sortie = app.test_cli_runner().invoke(commande).output.splitlines()
    assert sortie == ["1 courriel envoyé.", "1 refusé.", "1 remis à plus tard."]
