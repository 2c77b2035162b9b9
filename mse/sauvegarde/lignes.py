"""The rows of a table as lines of JSON, identical for both databases."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import JSON, Connection, Date, DateTime, MetaData, String, Table, null, select
from sqlalchemy.sql.type_api import TypeEngine

from mse.recherche.models import TABLES

AT_ONCE = 1000  # rows in memory
_VERSION = "alembic_version"


@dataclass(frozen=True)
class Somme:
    """Row count and checksum of a table; equal for two identical copies."""

    lignes: int
    sha256: str


def reflect_tables(connection: Connection) -> list[Table]:
    """Return the tables of the database, by name, without those of the search index, which the worker fills
    again. The schema may be older than the models."""
    metadata = MetaData()
    metadata.reflect(connection)
    tables = metadata.tables.values()
    return sorted(
        (table for table in tables if table.name != _VERSION and not table.name.startswith(TABLES)),
        key=lambda table: table.name,
    )


def write_header(table: Table) -> bytes:
    return _line([column.name for column in _columns(table)])


def iterate_lines(connection: Connection, table: Table) -> Iterator[bytes]:
    """Yield one line per row, in the order of the primary key, which is the same on both databases."""
    columns = _columns(table)
    order = [_binary(column, connection) for column in table.primary_key]
    rows = connection.execution_options(yield_per=AT_ONCE).execute(select(*columns).order_by(*order))
    for row in rows:
        yield _line([_encode(value) for value in row])


def read_rows(
    table: Table, header: bytes, lines: Iterable[bytes], *, naive: bool
) -> Iterator[dict[str, Any]]:
    """Yield the rows of such lines. `naive`:
    the database stores instants without time zone (SQLite). Raises `ValueError`."""
    names = json.loads(header)
    if names != [column.name for column in _columns(table)]:
        raise ValueError(f"{table.name}: other columns")
    types = [table.columns[name].type for name in names]
    for line in lines:
        values = json.loads(line)
        yield {
            name: _decode(value, kind, naive=naive)
            for name, kind, value in zip(names, types, values, strict=True)
        }


def checksum_lines(lines: Iterable[bytes], write: Callable[[bytes], object] = lambda line: None) -> Somme:
    """Return the count and checksum of the lines, each of which is passed to `write`."""
    digest, count = hashlib.sha256(), 0
    for line in lines:
        digest.update(line)
        write(line)
        count += 1
    return Somme(count, digest.hexdigest())


def _columns(table: Table) -> list[Any]:
    return sorted(table.columns, key=lambda column: column.name)


def _binary(column: Any, connection: Connection) -> Any:
    """Sort text byte by byte on both databases: by default PostgreSQL sorts by language, SQLite by bytes."""
    by_language = connection.dialect.name == "postgresql" and isinstance(column.type, String)
    return column.collate("C") if by_language else column


def _line(values: list[Any]) -> bytes:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _encode(value: Any) -> Any:
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value


def _decode(value: Any, kind: TypeEngine[Any], *, naive: bool) -> Any:
    if value is None:
        return null() if isinstance(kind, JSON) else None  # SQLAlchemy writes None as the JSON value null
    if isinstance(kind, DateTime):
        instant = datetime.fromisoformat(value)
        return instant.replace(tzinfo=None) if naive else instant
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    return value
