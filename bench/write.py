"""Bulk write of rows, then update of the statistics, so that plans are those of a running site."""

import contextlib
from collections import defaultdict
from collections.abc import Iterable
from itertools import islice
from typing import Any

from psycopg.errors import InsufficientPrivilege
from sqlalchemy import Engine

from bench import libraries
from bench.bare import metadata, written
from bench.fill import TABLES, Row

CHUNK = 100_000  # rows


def write(engine: Engine, rows: Iterable[Row]) -> None:
    """Write the rows without checks of foreign keys: generated rows are consistent."""
    metadata.create_all(engine, tables=[written])
    libraries.fill(engine)
    connection = engine.raw_connection()
    try:
        (_write_sqlite if engine.dialect.name == "sqlite" else _write_postgresql)(
            connection.driver_connection, rows
        )
    finally:
        connection.invalidate()  # its settings were changed: do not return it to the pool


def _write_sqlite(driver: Any, rows: Iterable[Row]) -> None:
    driver.execute("PRAGMA synchronous = OFF")
    driver.execute("PRAGMA foreign_keys = OFF")
    driver.execute("PRAGMA cache_size = -400000")
    driver.execute("BEGIN")
    for table, chunk in _chunks(rows):
        places = ", ".join("?" * len(TABLES[table]))
        driver.executemany(f"INSERT INTO {table} ({', '.join(TABLES[table])}) VALUES ({places})", chunk)
    driver.execute("COMMIT")
    driver.execute("ANALYZE")
    driver.execute("PRAGMA synchronous = FULL")
    driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _write_postgresql(driver: Any, rows: Iterable[Row]) -> None:
    driver.autocommit = True
    driver.execute("SET TIME ZONE 'UTC'")
    _if_allowed(driver, "SET session_replication_role = replica")  # no check of foreign keys
    for table, chunk in _chunks(rows):
        with driver.cursor().copy(f"COPY {table} ({', '.join(TABLES[table])}) FROM STDIN") as copy:
            for row in chunk:
                copy.write_row(row)
    for table, columns in TABLES.items():
        if columns[0] == "id":
            driver.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")
    driver.execute("VACUUM ANALYZE")
    _if_allowed(driver, "CHECKPOINT")


def _if_allowed(driver: Any, statement: str) -> None:
    """Run a statement that only a superuser may run; without it the rest is slower but correct."""
    with contextlib.suppress(InsufficientPrivilege):
        driver.execute(statement)


def _chunks(rows: Iterable[Row]) -> Iterable[tuple[str, list[tuple[Any, ...]]]]:
    """Yield (table, rows), parents before children, with a bounded number of rows in memory."""
    iterator = iter(rows)
    while True:
        tables: defaultdict[str, list[tuple[Any, ...]]] = defaultdict(list)
        for table, values in islice(iterator, CHUNK):
            tables[table].append(values)
        if not tables:
            return
        yield from ((table, tables[table]) for table in TABLES if table in tables)
