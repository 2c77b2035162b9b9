"""Run a real instance: granian, worker, demonstration data. Shared by the browser tests and the pictures."""

import os
import re
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from devtools.smtp import free_port

PASSWORD = "mission-possible"
PUBLISH = re.compile("^Publier( seulement)?$")  # the button that stays on the fiche


@dataclass
class Site:
    url: str
    instance: Path

    def value(self, query: str, *parameters: Any) -> Any:
        """Return the first column of the first row, read from the database file, or None."""
        with sqlite3.connect(f"file:{self.instance / 'mse.db'}?mode=ro", uri=True) as base:
            row = base.execute(query, parameters).fetchone()
        return row[0] if row else None

    def mails(self) -> list[str]:
        return [path.read_text("utf-8") for path in (self.instance / "courriels").glob("*.eml")]


@contextmanager
def run_site(
    instance: Path, *preparation: Sequence[str], texte: str = "", extra: Mapping[str, str] | None = None
) -> Iterator[Site]:
    """Run commands on an empty instance, with `texte` as standard input, then start web and worker.

    `extra`: environment variables.
    """
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    env = {
        **os.environ,
        "MSE_MODE": "demo",
        "MSE_URL": url,
        "MSE_INSTANCE": str(instance),
        "MSE_DATABASE_URL": "",
        "MSE_ECRITURES": "1000",
        **(extra or {}),
    }
    mse = (sys.executable, "-m", "mse")
    for words in preparation:
        subprocess.run([*mse, *words], env=env, check=True, capture_output=True, input=texte, text=True)
    children = [
        subprocess.Popen([*mse, *words], env=env, stdout=log, stderr=log)
        for words, log in (
            (("serve", "--port", str(port), "--processus", "1"), (instance / "web.log").open("w")),
            (("worker",), (instance / "worker.log").open("w")),
        )
    ]
    try:
        wait_for_answer(f"{url}/healthz")
        yield Site(url, instance)
    finally:
        for child in children:
            child.terminate()
        for child in children:
            child.wait(15)


def wait_for_answer(url: str, seconds: float = 120) -> None:
    limit = time.monotonic() + seconds
    while True:
        try:
            urllib.request.urlopen(url, timeout=2).close()
            return
        except OSError:
            if time.monotonic() > limit:
                raise
            time.sleep(0.1)


def sign_in(page: Page, courriel: str, mot_de_passe: str = PASSWORD) -> Page:
    page.goto("/connexion")
    page.get_by_label("Adresse").fill(courriel)
    page.get_by_label("Mot de passe", exact=False).first.fill(mot_de_passe)
    page.get_by_role("main").get_by_role("button", name="Se connecter").click()
    page.wait_for_url("**/mon-espace")
    return page


def pass_similar(page: Page) -> None:
    """After the problem of a draft: go on past the page of similar fiches, if there is one."""
    page.wait_for_url(re.compile(r"/brouillon/(causes|pareilles)$"))
    if page.url.endswith("pareilles"):
        page.get_by_role("link", name="Ce n’est pas le même problème").click()
