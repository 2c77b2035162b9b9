"""Memory of the real server at rest: two processes, after a thousand requests and a few passwords."""

import http.client
import re
import sys
import time
from dataclasses import dataclass
from itertools import cycle, islice

from bench.client import Request, ask, send
from bench.server import REAL, serve
from bench.site import MeasuredSite

REQUESTS, PASSWORDS, CLIENTS = 1000, 16, 4
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@dataclass(frozen=True)
class Memory:
    """PSS in bytes of granian's parent process, and of each process that answers requests."""

    parent: int
    answering: list[int]

    @property
    def pss(self) -> int:
        return self.parent + sum(self.answering)


def measure_memory(site: MeasuredSite) -> Memory | None:
    """Return the memory of the server; None on systems without PSS (only Linux has it)."""
    if not sys.platform.startswith("linux"):
        return None
    with serve(site.port, site.environ, REAL) as server:
        reads = [next(page.requests) for page in site.pages() if not page.writes]
        ask(site.port, list(islice(cycle(reads), REQUESTS)), CLIENTS)
        for number in range(PASSWORDS):
            _try_password(site.port, f"personne.{number}@exemple.fr")
        time.sleep(2)
        parent, *answering = server.pss()
        return Memory(parent, answering)


def _try_password(port: int, courriel: str) -> None:
    """Submit a wrong password, which costs as much argon2 as a right one."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", "/connexion")
    response = connection.getresponse()
    cookie = (response.getheader("Set-Cookie") or "").partition(";")[0]
    token = _TOKEN.search(response.read().decode())
    assert token is not None
    fields = {"csrf_token": token.group(1), "courriel": courriel, "mot_de_passe": "ce n’est pas le bon"}
    send(connection, Request("/connexion", cookie, fields, 422))
    connection.close()
