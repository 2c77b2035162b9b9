"""What both databases need: instants with a zone, SQLite made durable, BEGIN said aloud."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from hashlib import sha256
from sqlite3 import Connection as SQLiteConnection
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    DateTime,
    Dialect,
    Engine,
    Enum,
    Select,
    TypeDecorator,
    event,
    func,
    literal_column,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite

from mse.extensions import db

BUSY_TIMEOUT_MS = 4000  # of the processes that answer people
PATIENT_TIMEOUT_MS = 30_000  # of those that nobody waits for
ID_MAX = 2**31 - 1  # what an INTEGER of PostgreSQL holds
READ_ONLY = "read_only"  # key of Session.info: use cases refuse to run

Row = TypeVar("Row", bound=tuple[Any, ...])

_deferred: ContextVar[bool] = ContextVar("deferred", default=False)


class UTCDateTime(TypeDecorator[datetime]):
    """An instant. Stored in UTC, given back with its zone; a naive datetime is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime is no instant")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def read_id(text: Any) -> int:
    """The id of a row as a page of ours wrote it. Raises `ValueError` on what no column of ids can hold."""
    digits = str(text)
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 10 and 0 < int(digits) <= ID_MAX):
        raise ValueError(digits)
    return int(digits)


def state(enum: type[StrEnum]) -> Enum:
    """A column of states: the enum's values as text, with a CHECK on both databases."""
    return Enum(
        enum,
        native_enum=False,
        create_constraint=True,
        length=32,
        name=enum.__name__.lower(),
        values_callable=lambda members: [member.value for member in members],
    )


def is_state(column: Any, value: StrEnum) -> ColumnElement[bool]:
    """`column = 'value'` with the value written out: a parameter would hide it from partial indexes
    once PostgreSQL keeps one plan for any value."""
    condition: ColumnElement[bool] = column == literal_column(f"'{value.value}'")
    return condition


def first(query: Select[Row], count: int) -> Select[Row]:
    """LIMIT with its number written out: not knowing it, PostgreSQL expects a tenth of all rows, finds no
    plan good for any value and makes one anew for each request."""
    return query.limit(literal_column(str(count)))


@contextmanager
def deferred() -> Iterator[None]:
    """Within, transactions only read (see `begin_deferred`)."""
    token = _deferred.set(True)
    try:
        yield
    finally:
        _deferred.reset(token)


@contextmanager
def writing() -> Iterator[None]:
    """Within, transactions may write (see `begin_deferred`)."""
    token = _deferred.set(False)
    try:
        yield
    finally:
        _deferred.reset(token)


def begin_deferred(value: bool) -> None:
    """From now on in this context (a web request ends with its own) transactions only read, or may write.

    Only read: DEFERRED on SQLite, none at all on PostgreSQL. May write: IMMEDIATE on SQLite.
    """
    _deferred.set(value)


def is_deferred() -> bool:
    return _deferred.get()


def prepare_engine(engine: Engine) -> None:
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _make_durable)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "begin", _begin_postgresql)


def _make_durable(connection: SQLiteConnection, _record: Any) -> None:
    """Durable, strict about foreign keys, one writer at a time without a late upgrade."""
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout = {BUSY_TIMEOUT_MS}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "cache_size = -256",  # KiB for each of a process's connections; the system caches the file for all
    ):
        connection.execute(f"PRAGMA {pragma}")


def be_patient(engine: Engine) -> None:
    """For a process that nobody waits for: on SQLite it waits for the write lock longer than people do.

    An import holds that lock for as long as it writes, several seconds on a slow machine.
    """

    def wait(connection: SQLiteConnection, _record: Any) -> None:
        connection.execute(f"PRAGMA busy_timeout = {PATIENT_TIMEOUT_MS}")

    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", wait)
        engine.dispose()  # connections made from now on


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN" if _deferred.get() else "BEGIN IMMEDIATE")


def _begin_postgresql(connection: Connection) -> None:
    """A page that reads needs no BEGIN; its ROLLBACK would make psycopg forget its prepared statements,
    and planning them anew costs more than running them."""
    driver: Any = connection.connection.driver_connection
    if driver.autocommit != _deferred.get():
        driver.autocommit = _deferred.get()


def one_at_a_time(*noms: str) -> None:
    """Until the end of the transaction nobody else is within what bears one of these names, where no row
    could be locked. SQLite has one writer anyway; PostgreSQL is asked, always in the same order."""
    if db.engine.dialect.name == "postgresql":
        for numero in sorted(int(sha256(nom.encode(errors="replace")).hexdigest()[:15], 16) for nom in noms):
            db.session.execute(select(func.pg_advisory_xact_lock(numero)))


def upsert(model: Any) -> Any:
    """An INSERT that may say what to do when the row is there, on both databases."""
    return {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[db.engine.dialect.name](model)


def increment(model: Any, *keys: str) -> None:
    """Adds one to each row `cle` of a table of counters (`cle`, `valeur`), made when missing.

    Always in the same order: two at once wait for each other, they never block each other.
    """
    rows = [{"cle": key, "valeur": 1} for key in sorted(keys)]
    db.session.execute(_increment(model, db.engine.dialect.name), rows)


@cache
def _increment(model: Any, _dialect: str) -> Any:
    table = model.__table__
    return upsert(table).on_conflict_do_update(index_elements=["cle"], set_={"valeur": table.c.valeur + 1})
