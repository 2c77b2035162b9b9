"""A real instance with a small data set, whose web and worker processes are started, killed and restarted."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from devtools.factories import build_monde
from mse.annuaire.use_cases.initialiser import initialiser
from mse.app import create_app
from mse.comptes.password_hashing import release_and_hash
from mse.config import read_settings
from mse.extensions import db
from mse.schema import upgrade

PASSWORD = "un mot de passe assez long"
START_WITHIN = 120.0  # seconds; a slow machine needs many


class Instance:
    """The instance in `folder`, on the database `url` (empty: SQLite). `base`: URL of the database; `form`:
    path where the agent `courriel` adds étapes to `saisine`."""

    def __init__(self, folder: Path, url: str = "", **settings: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / "journal.log"
        self.environ = {
            "MSE_MODE": "demo",
            "MSE_INSTANCE": str(folder),
            "MSE_DATABASE_URL": url,
            "MSE_URL": self.url,
            "MSE_ECRITURES": "100000",
            **settings,
        }
        self.app = create_app(read_settings(self.environ))
        self._processes: list[subprocess.Popen[bytes]] = []
        with self.app.app_context():
            upgrade()
            initialiser()
            monde = build_monde()
            monde.agent.mot_de_passe = release_and_hash(PASSWORD)
            db.session.commit()
            self.courriel = str(monde.agent.courriel)
            self.fiche, self.saisine = monde.fiche.id, monde.saisine.id
            self.base = db.engine.url.render_as_string(hide_password=False)
            self.close_connections()

    @property
    def form(self) -> str:
        return f"/fiches/{self.fiche}/saisines/{self.saisine}/etape"

    @staticmethod
    def close_connections() -> None:
        """Close the session and the connections of this process, so that they do not disturb the instance."""
        db.session.remove()
        db.engine.dispose()

    def start(self, *, worker: bool = True) -> float:
        """Start web and worker. Return the seconds until a page answers."""
        begin = time.monotonic()
        self._start_process("serve", "--port", str(self.port), "--processus", "2")
        if worker:
            self.start_worker()
        while not self._is_answering():
            if time.monotonic() - begin > START_WITHIN:
                raise RuntimeError(f"the site does not come back: {self.log.read_text('utf-8')[-2000:]}")
            time.sleep(0.02)
        return time.monotonic() - begin

    def start_worker(self) -> None:
        self._start_process("worker")

    def kill(self) -> None:
        """Send SIGKILL to every process at once."""
        self._signal_all(signal.SIGKILL)

    def stop(self) -> None:
        self._signal_all(signal.SIGTERM)

    def _start_process(self, *words: str) -> None:
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "mse", *words],
                env={**os.environ, **self.environ},
                start_new_session=True,
                stdout=log,
                stderr=log,
            )
        self._processes.append(process)

    def _signal_all(self, how: signal.Signals) -> None:
        for process in self._processes:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, how)
        for process in self._processes:
            process.wait(20)
        self._processes.clear()

    def _is_answering(self) -> bool:
        try:
            urllib.request.urlopen(f"{self.url}/healthz", timeout=2).close()
        except OSError:
            return False
        return True
