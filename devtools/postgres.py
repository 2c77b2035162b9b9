"""PostgreSQL for the tests: the server of MSE_TEST_PG_URL, else a temporary cluster."""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import make_url

from devtools.requirements import absent

START_WITHIN = 120.0  # seconds
INITDB = ["-U", "postgres", "-A", "trust", "--locale=C.UTF-8", "--encoding=UTF8", "--no-sync"]
SETTINGS = [
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "shared_buffers=32MB",
    "max_connections=60",
]


class PostgresAbsent(Exception):
    """No PostgreSQL is available. The message gives the reason."""


@dataclass
class Cluster:
    """A server where the tests may create databases; `url` opens its maintenance database."""

    url: str
    created: set[str] = field(default_factory=set)

    def new_database(self, name: str, template: str | None = None) -> str:
        """Create an empty database, or a copy of the one at the URL `template`, and return its URL.

        A unique suffix is added to the name, since several workers and runs may share a server.
        The template must have no open connection.
        """
        unique = f"mse_{name}_{uuid.uuid4().hex[:10]}"
        source = make_url(template).database if template else "template0"
        self._run("CREATE DATABASE {} TEMPLATE {} ENCODING 'UTF8'", unique, source or "")
        self.created.add(unique)
        return make_url(self.url).set(database=unique).render_as_string(hide_password=False)

    def drop_database(self, url: str) -> None:
        """Drop the database, even if a connection is open."""
        name = make_url(url).database or ""
        self._run("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
        self.created.discard(name)

    def _run(self, statement: str, *names: str) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextlib.contextmanager
def cluster() -> Iterator[Cluster]:
    """Yield a usable server, or raise PostgresAbsent. The databases created are removed at the end."""
    given = os.environ.get("MSE_TEST_PG_URL")
    with contextlib.nullcontext(given) if given else _temporary_server() as url:
        server = Cluster(url)
        try:
            yield server
        finally:
            for name in list(server.created) if given else []:
                server.drop_database(f"postgresql:///{name}")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """Yield the PostgreSQL server of this process. If PostgreSQL is missing, skip the test, or fail it with
    CI=true."""
    with contextlib.ExitStack() as stack:
        try:
            server = stack.enter_context(cluster())
        except PostgresAbsent as reason:
            absent("PostgreSQL", str(reason))
        yield server


@contextlib.contextmanager
def _temporary_server() -> Iterator[str]:
    """Yield the URL of a temporary cluster, on a Unix socket and without durable writes."""
    programs = _find_programs()
    folder = Path(tempfile.mkdtemp(prefix="mse-pg-"))
    server = None
    try:
        prefix = _as_owner_of(folder)
        initdb = [*prefix, str(programs / "initdb"), *INITDB, "-D", str(folder / "data")]
        made = subprocess.run(initdb, capture_output=True, text=True, cwd=folder)
        if made.returncode:
            raise PostgresAbsent(f"initdb : {made.stderr.strip()[-300:]}")
        settings = ["listen_addresses=", f"unix_socket_directories={folder}", *SETTINGS]
        command = [*prefix, str(programs / "postgres"), "-D", str(folder / "data")]
        command += [part for setting in settings for part in ("-c", setting)]
        with open(folder / "log", "wb") as log:
            server = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder)
        url = f"postgresql://postgres@/postgres?host={quote(str(folder), safe='/')}"
        _wait_for(url, server, folder / "log")
        yield url
    finally:
        if server is not None:
            server.send_signal(signal.SIGINT)  # a fast shutdown: clients are disconnected
            with contextlib.suppress(subprocess.TimeoutExpired):
                server.wait(10)
            server.kill()
            server.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _find_programs() -> Path:
    """Return the folder of initdb and postgres, from PATH, else pg_config, else the newest of Debian."""
    candidates = []
    if initdb := shutil.which("initdb"):
        candidates.append(Path(initdb).resolve().parent)
    if pg_config := shutil.which("pg_config"):
        answer = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True)
        candidates.append(Path(answer.stdout.strip()))
    debian = Path("/usr/lib/postgresql").glob("*/bin")
    candidates += sorted(debian, key=lambda folder: folder.parent.name.zfill(3), reverse=True)
    for folder in candidates:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise PostgresAbsent("ni MSE_TEST_PG_URL, ni initdb et postgres sur cette machine")


def _as_owner_of(folder: Path) -> list[str]:
    """Return the command prefix to run as a user that PostgreSQL accepts (not root), made owner of `folder`.

    setpriv also ends the server when the test process dies, even by kill -9.
    """
    setpriv = shutil.which("setpriv")
    if os.geteuid() != 0:
        return [setpriv, "--pdeathsig", "INT"] if setpriv else []
    if not setpriv:
        raise PostgresAbsent("lancé par root, et setpriv manque pour devenir postgres")
    try:
        shutil.chown(folder, "postgres", "postgres")
    except LookupError:
        raise PostgresAbsent("lancé par root, et le compte système postgres n’existe pas") from None
    return [setpriv, "--reuid=postgres", "--regid=postgres", "--init-groups", "--pdeathsig", "INT"]


def _wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_WITHIN
    while server.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(psycopg.OperationalError):
            psycopg.connect(url).close()
            return
        time.sleep(0.05)
    raise PostgresAbsent(f"le serveur n’a pas démarré : {log.read_text(errors='replace').strip()[-300:]}")
