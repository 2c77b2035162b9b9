"""The queue between web and worker. It carries wake-ups only: the work waits in the database.

So a lost, doubled or refused wake-up harms nobody: the worker looks by itself every minute.
"""

import logging
from collections.abc import Callable
from functools import cached_property, partial
from sqlite3 import Connection as SQLiteConnection
from typing import Any
from urllib.parse import urlsplit

from huey import Huey, MemoryHuey
from huey.storage import PostgresStorage, RedisStorage, SqliteStorage

ENOUGH = 5  # wake-ups waiting; one more would bring nothing
PREFIXE = "huey_"  # of the tables of a queue on PostgreSQL, which may be the application’s own database
PATIENCE = 2  # seconds for a server on the network: a person waits for the page
SCHEMES = ("sqlite", "postgresql", "redis", "rediss", "memory")

logger = logging.getLogger(__name__)


class _Storage(SqliteStorage):
    """No fsync for a wake-up: a power cut may forget it, it cannot damage the file (WAL, NORMAL)."""

    def _create_connection(self) -> SQLiteConnection:
        connection: SQLiteConnection = super()._create_connection()
        connection.execute("PRAGMA synchronous = NORMAL")
        return connection


def make_queue(url: str) -> Huey:
    """`sqlite:///PATH`, `postgresql://…`, `redis://…`, or `memory://` within one process."""
    make: Callable[..., Huey] = partial(Huey, "mse", results=False)
    match urlsplit(url).scheme.partition("+")[0]:
        case "sqlite":
            return make(storage_class=_Storage, filename=url.partition("///")[2])
        case "postgresql":
            dsn = "postgresql:" + url.partition(":")[2]  # without SQLAlchemy's «+psycopg»
            return make(
                storage_class=PostgresStorage, dsn=dsn, table_prefix=PREFIXE[:-1], connect_timeout=PATIENCE
            )
        case "redis" | "rediss":
            patience = f"socket_connect_timeout={PATIENCE}&socket_timeout={PATIENCE}"
            return make(storage_class=RedisStorage, url=f"{url}{'&' if '?' in url else '?'}{patience}")
        case "memory":
            return MemoryHuey("mse", results=False)
        case autre:
            raise ValueError(f"no queue for {autre}")


class FileAttente:
    """One per application. Made at the first wake-up, so that a command opens no file for nothing."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.on_wake: Callable[[], object] = lambda: None  # set by the worker

    @cached_property
    def queue(self) -> Huey:
        queue = make_queue(self.url)
        self._wake = queue.task(name="wake")(lambda: self.on_wake())
        return queue

    def poke(self) -> None:
        """Wakes the worker, for use after a commit. Never raises: the write is already safe."""
        try:
            if self.queue.pending_count() < ENOUGH:
                self._wake()
        except Exception:
            logger.exception("the worker was not woken; it looks by itself within a minute")


def init_app(app: Any) -> None:
    """`app.extensions["file_attente"]`."""
    app.extensions["file_attente"] = FileAttente(app.config["MSE"].file_url)
