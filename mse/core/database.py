"""Support for both databases: column types, transactions, locks, upserts and SQLite settings."""

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
    Boolean,
    ColumnElement,
    Connection,
    DateTime,
    Delete,
    Dialect,
    Engine,
    Enum,
    Index,
    Select,
    TypeDecorator,
    Update,
    event,
    func,
    literal_column,
    select,
    text,
    true,
)
from sqlalchemy.dialects import postgresql, sqlite

from mse.extensions import db

BUSY_TIMEOUT_MS = 4000  # web processes
PATIENT_TIMEOUT_MS = 30_000  # worker and commands
ID_MAX = 2**31 - 1  # the largest PostgreSQL INTEGER
READ_ONLY = "read_only"  # key of Session.info; while it is set, use cases refuse to run

Row = TypeVar("Row", bound=tuple[Any, ...])

_reading: ContextVar[bool] = ContextVar("reading", default=False)


class UTCDateTime(TypeDecorator[datetime]):
    """An instant, stored in UTC and returned with its time zone. Raises `ValueError` for a naive datetime."""

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
    """Parse the id of a row, from a form or a URL. Raises `ValueError` if no id column can hold it."""
    digits = str(text)
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 10 and 0 < int(digits) <= ID_MAX):
        raise ValueError(digits)
    return int(digits)


def state(enum: type[StrEnum]) -> Enum:
    """Return the column type of a state: the enum's values as text, checked by a constraint."""
    return Enum(
        enum,
        native_enum=False,
        create_constraint=True,
        length=32,
        name=enum.__name__.lower(),
        values_callable=lambda members: [member.value for member in members],
    )


def partial_index(name: str, *columns: str, where: str) -> Index:
    """Return an index of the rows that meet an SQL condition, on both databases."""
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


def is_state(column: Any, value: StrEnum) -> ColumnElement[bool]:
    """Return `column = 'value'` with the value as a literal. As a parameter it would prevent PostgreSQL from
    using partial indexes once it keeps a generic plan."""
    condition: ColumnElement[bool] = column == literal_column(f"'{value.value}'")
    return condition


def first(query: Select[Row], count: int) -> Select[Row]:
    """Return the query with LIMIT as a literal. With a parameter PostgreSQL assumes a tenth of all rows,
    rejects the generic plan and plans each execution again."""
    return query.limit(literal_column(str(count)))


@contextmanager
def reading() -> Iterator[None]:
    """Inside the block, transactions are read-only (see `set_reading`)."""
    token = _reading.set(True)
    try:
        yield
    finally:
        _reading.reset(token)


@contextmanager
def writing() -> Iterator[None]:
    """Inside the block, transactions may write (see `set_reading`)."""
    token = _reading.set(False)
    try:
        yield
    finally:
        _reading.reset(token)


def set_reading(value: bool) -> None:
    """Make later transactions of this context read-only (True) or writing (False). Each web request has its
    own context.

    Read-only: DEFERRED on SQLite, autocommit on PostgreSQL. Writing: IMMEDIATE on SQLite.
    """
    _reading.set(value)


def is_reading() -> bool:
    return _reading.get()


def prepare_engine(engine: Engine) -> None:
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _make_durable)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "connect", _set_planner)
        event.listen(engine, "begin", _begin_postgresql)


def _make_durable(connection: SQLiteConnection, _record: Any) -> None:
    """Configure SQLite: durable commits, enforced foreign keys, and no implicit BEGIN,
    so that a read lock is never upgraded to a write lock."""
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout = {BUSY_TIMEOUT_MS}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "cache_size = -256",  # KiB per connection; the operating system's file cache is shared
    ):
        connection.execute(f"PRAGMA {pragma}")


def _set_planner(connection: Any, _record: Any) -> None:
    """Configure the planner of PostgreSQL. Its compiler takes longer than any statement of a page. A page of
    an index costs 4 times one of a scan by default: that is true of hard disks, neither of SSD nor of memory.
    """
    connection.autocommit = True
    connection.execute("SET jit = off; SET random_page_cost = 1.1")
    connection.autocommit = False


def wait_longer_for_locks(engine: Engine) -> None:
    """Make the worker or a command wait longer for the SQLite write lock than web processes do.

    An import holds that lock while it writes, several seconds on a slow machine.
    """

    def wait(connection: SQLiteConnection, _record: Any) -> None:
        connection.execute(f"PRAGMA busy_timeout = {PATIENT_TIMEOUT_MS}")

    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", wait)
        engine.dispose()  # existing connections have the old timeout


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN" if _reading.get() else "BEGIN IMMEDIATE")


def _begin_postgresql(connection: Connection) -> None:
    """Read-only requests run in autocommit. A ROLLBACK would make psycopg drop its prepared statements, and
    planning them again costs more than running them."""
    driver: Any = connection.connection.driver_connection
    if driver.autocommit != _reading.get():
        driver.autocommit = _reading.get()


def one_at_a_time(*noms: str) -> None:
    """Take one lock per name until the end of the transaction, where there is no row to lock.

    PostgreSQL takes advisory locks, in sorted order to avoid deadlocks. SQLite needs none: it has a single
    writer.
    """
    if db.engine.dialect.name == "postgresql":
        for number in sorted(lock_number(nom) for nom in noms):
            db.session.execute(select(func.pg_advisory_xact_lock(number)))


def lock_number(nom: str) -> int:
    """Return the number of the advisory lock named `nom`."""
    return int(sha256(nom.encode(errors="replace")).hexdigest()[:15], 16)


def try_alone(number: Any, dialect: str) -> ColumnElement[bool]:
    """Return an SQL expression that takes the lock `number` of `one_at_a_time` if it is free, without
    waiting. Its value is True if this transaction holds the lock; always true on SQLite."""
    if dialect == "postgresql":
        return func.pg_try_advisory_xact_lock(number, type_=Boolean)
    return true()


def upsert(model: Any) -> Any:
    """Return an INSERT that supports `on_conflict_do_…`, for the current database."""
    return {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[db.engine.dialect.name](model)


def increment(model: Any, *keys: str) -> None:
    """Add 1 to each row `cle` of a table of counters (`cle`, `valeur`); missing rows are created.

    The keys are sorted so that two transactions wait for each other instead of deadlocking.
    """
    rows = [{"cle": key, "valeur": 1} for key in sorted(keys)]
    db.session.execute(_increment(model, db.engine.dialect.name), rows)


@cache
def _increment(model: Any, _dialect: str) -> Any:
    table = model.__table__
    return upsert(table).on_conflict_do_update(index_elements=["cle"], set_={"valeur": table.c.valeur + 1})


def execute_bulk(statement: Delete | Update) -> int:
    """Run the statement without updating loaded objects. Return the number of rows that it has changed."""
    done = db.session.execute(statement.execution_options(synchronize_session=False))
    return int(done.rowcount)  # type: ignore[attr-defined]
