"""A client that adds étapes as an agent, as fast as possible, and records those that were acknowledged."""

import http.client
import http.cookiejar
import re
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Sequence

from preuves.instance import PASSWORD, Instance

_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
WAIT = 60.0  # maximum seconds until the site acknowledges the writes


class Ecrivain(threading.Thread):
    """A thread that adds étapes until it is stopped. `tentes`, `acquittes`: texts sent, and those confirmed
    by the site; `refus`: status and page of each HTTP error; `poids`: number of characters added to each
    text."""

    def __init__(self, name: str, instance: Instance, *, poids: int = 0) -> None:
        super().__init__(name=name, daemon=True)
        self.instance, self.poids = instance, poids
        self.tentes: list[str] = []
        self.acquittes: list[str] = []
        self.refus: list[tuple[int, str]] = []
        self.stopped = threading.Event()
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._browser = urllib.request.build_opener(jar)
        self._confirmation = f'<a href="#saisine-{instance.saisine}">Voir plus bas'
        self._token = self._read_token("/connexion")
        self._post("/connexion", courriel=instance.courriel, mot_de_passe=PASSWORD)
        self._token = self._read_token(instance.form)

    def run(self) -> None:
        while not self.stopped.is_set():
            self.write_one()

    def write_one(self) -> None:
        texte = f"Étape {self.name} numéro {len(self.tentes):06d}. {'x' * self.poids}".rstrip()
        self.tentes.append(texte)
        try:
            if self._confirmation in self._post(self.instance.form, texte=texte):
                self.acquittes.append(texte)
        except urllib.error.HTTPError as error:
            self.refus.append((error.code, error.read().decode(errors="replace")))
            time.sleep(0.05)
        except (OSError, http.client.HTTPException):
            time.sleep(0.05)  # the site is being killed: nothing was acknowledged

    def _read_token(self, path: str) -> str:
        page = self._browser.open(self.instance.url + path, timeout=10).read().decode()
        return str(_TOKEN.findall(page)[-1])

    def _post(self, path: str, **champs: str) -> str:
        data = urllib.parse.urlencode({"csrf_token": self._token, **champs}).encode()
        return str(self._browser.open(self.instance.url + path, data, timeout=20).read().decode())


def wait_for_writes(ecrivains: Sequence[Ecrivain], count: int) -> None:
    """Wait until `count` more writes are acknowledged. Raise `RuntimeError` after `WAIT` seconds."""
    goal = sum(len(un.acquittes) for un in ecrivains) + count
    limit = time.monotonic() + WAIT
    while sum(len(un.acquittes) for un in ecrivains) < goal:
        if time.monotonic() > limit:
            raise RuntimeError("the site writes no more")
        time.sleep(0.02)


def stop_all(ecrivains: Sequence[Ecrivain]) -> None:
    """Stop the threads and wait until they end."""
    for un in ecrivains:
        un.stopped.set()
    for un in ecrivains:
        un.join(30)
