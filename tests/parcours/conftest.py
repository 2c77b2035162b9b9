"""A real site (granian, worker, demonstration data) and a real browser, once per test process."""

import os
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

PASSWORD = "mission-possible"
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}


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
def run_site(instance: Path, *preparation: Sequence[str], texte: str = "") -> Iterator[Site]:
    """Run commands on an empty instance, with `texte` as standard input, then start web and worker."""
    with socket.socket() as sonde:
        sonde.bind(("127.0.0.1", 0))
        port = sonde.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    env = {
        **os.environ,
        "MSE_MODE": "demo",
        "MSE_URL": url,
        "MSE_INSTANCE": str(instance),
        "MSE_DATABASE_URL": "",
        "MSE_ECRITURES": "1000",
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


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with run_site(tmp_path_factory.mktemp("site"), ["migrer"], ["demo"]) as site:
        yield site


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


@pytest.fixture
def open_page(site: Site, navigateur: Browser) -> Iterator[Any]:
    """`open_page(viewport, theme, javascript=True)`. Console errors and external requests fail it."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def opener(viewport: dict[str, int] = DESKTOP, theme: str = "light", *, javascript: bool = True) -> Page:
        context = navigateur.new_context(
            base_url=site.url,
            viewport=viewport,
            color_scheme=theme,
            java_script_enabled=javascript,
            locale="fr-FR",
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        page.on("console", lambda message: _listen(message, complaints))
        page.on("request", lambda request: _same_host(request.url, site.url, complaints))
        return page

    yield opener
    for context in contexts:
        context.close()
    assert complaints == []


def _listen(message: Any, complaints: list[str]) -> None:
    """Record console errors, except those of expected 4xx responses."""
    if message.type == "error" and "Failed to load resource" not in message.text:
        complaints.append(message.text)


def _same_host(url: str, own: str, complaints: list[str]) -> None:
    if not url.startswith((own, "data:")):
        complaints.append(f"another host: {url}")


def sign_in(page: Page, courriel: str, mot_de_passe: str = PASSWORD) -> Page:
    page.goto("/connexion")
    page.get_by_label("Adresse").fill(courriel)
    page.get_by_label("Mot de passe", exact=False).first.fill(mot_de_passe)
    page.get_by_role("main").get_by_role("button", name="Se connecter").click()
    page.wait_for_url("**/mon-espace")
    return page
