"""What was acknowledged is there after kill -9, once, unaltered. The full figures run outside the tests."""

import http.cookiejar
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from mse import create_app
from mse.annuaire.use_cases.initialiser import initialiser
from mse.comptes.use_cases.empreintes import compute_empreinte
from mse.config import read_settings
from mse.extensions import db
from mse.schema import upgrade
from tests.fabrique import build_monde

KILLS, WRITERS, PER_LIFE = 3, 4, 20
PASSWORD = "un mot de passe assez long"
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Writer(threading.Thread):
    """An agent who adds étapes as fast as the site takes them, and remembers what was acknowledged."""

    def __init__(self, name: str, url: str, courriel: str, form: str) -> None:
        super().__init__(name=name, daemon=True)
        self.url, self.courriel, self.form = url, courriel, form
        self.acknowledged: list[str] = []
        self.stopped = threading.Event()
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.browser = urllib.request.build_opener(jar)
        self.token = self._token("/connexion")
        self._post("/connexion", courriel=courriel, mot_de_passe=PASSWORD)
        self.token = self._token(form)

    def run(self) -> None:
        number = 0
        while not self.stopped.is_set():
            texte = f"Étape {self.name} numéro {number:05d}."
            number += 1
            try:
                if self._post(self.form, texte=texte).endswith(f"#saisine-{self.form.split('/')[4]}"):
                    self.acknowledged.append(texte)
            except (OSError, urllib.error.URLError, http.client.HTTPException):
                time.sleep(0.05)  # the site is being killed: not acknowledged

    def _token(self, path: str) -> str:
        return _TOKEN.findall(self.browser.open(self.url + path, timeout=10).read().decode())[-1]

    def _post(self, path: str, **champs: str) -> str:
        data = urllib.parse.urlencode({"csrf_token": self.token, **champs}).encode()
        return self.browser.open(self.url + path, data, timeout=10).geturl()


@pytest.fixture(params=["sqlite", "postgresql"])
def base(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, str]:
    """The environment of an instance with a small world in it, and its agent's words."""
    with socket.socket() as sonde:
        sonde.bind(("127.0.0.1", 0))
        port = sonde.getsockname()[1]
    url = ""
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres").new_database("durabilite")
    env = {
        "MSE_INSTANCE": str(tmp_path),
        "MSE_DATABASE_URL": url,
        "MSE_URL": f"http://127.0.0.1:{port}",
        "PORT": str(port),
    }
    app = create_app(read_settings(env))
    with app.app_context():
        upgrade()
        initialiser()
        monde = build_monde()
        monde.agent.mot_de_passe = compute_empreinte(PASSWORD)
        db.session.commit()
        env["COURRIEL"] = monde.agent.courriel
        env["FORM"] = f"/fiches/{monde.fiche.id}/saisines/{monde.saisine.id}/etape"
        env["BASE"] = db.engine.url.render_as_string(hide_password=False)
        db.session.remove()
        db.engine.dispose()
    return env


def _serve(env: dict[str, str]) -> Any:
    process = subprocess.Popen(
        [sys.executable, "-m", "mse", "serve", "--port", env["PORT"], "--processus", "2"],
        env={**os.environ, **env},
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    limit = time.monotonic() + 30
    while True:
        try:
            urllib.request.urlopen(f"{env['MSE_URL']}/healthz", timeout=2).close()
            return process
        except OSError:
            assert time.monotonic() < limit, "the site does not come back"
            time.sleep(0.05)


def _wait_for_writes(writers: list[Writer], count: int) -> None:
    """Until that many more were acknowledged: a life of the site worth ending."""
    goal = sum(len(writer.acknowledged) for writer in writers) + count
    limit = time.monotonic() + 60
    while sum(len(writer.acknowledged) for writer in writers) < goal:
        assert time.monotonic() < limit, "the site writes no more"
        time.sleep(0.02)


def test_rien_d_acquitte_ne_se_perd_quand_le_site_est_tue(base: dict[str, str]) -> None:
    process = _serve(base)
    writers = [Writer(f"W{n}", base["MSE_URL"], base["COURRIEL"], base["FORM"]) for n in range(WRITERS)]
    for writer in writers:
        writer.start()
    try:
        for _kill in range(KILLS):
            _wait_for_writes(writers, PER_LIFE)
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(5)
            process = _serve(base)
        _wait_for_writes(writers, PER_LIFE)
        for writer in writers:
            writer.stopped.set()
        for writer in writers:
            writer.join(15)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(15)
    engine = create_engine(base["BASE"])
    with engine.connect() as connection:
        stored = Counter(connection.scalars(text("SELECT texte FROM etapes WHERE nature = 'etape'")))
        lines = connection.scalar(text("SELECT count(*) FROM journal WHERE action = 'etape_ajoutee'"))
    engine.dispose()
    acknowledged = [texte for writer in writers for texte in writer.acknowledged]
    assert len(acknowledged) >= (KILLS + 1) * PER_LIFE
    assert [texte for texte in acknowledged if stored[texte] != 1] == []
    assert max(stored.values()) == 1
    assert lines == sum(stored.values())
