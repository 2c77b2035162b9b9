"""Saved states of the test database: use cases build a state once, then it is restored, committed, for each
test that starts from it."""

import shutil
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, TypeVar

from flask import Flask
from sqlalchemy import inspect, text
from sqlalchemy.orm import make_transient_to_detached
from sqlalchemy.orm.util import identity_key

from mse.core.clock import is_fixed, now, today
from mse.extensions import db

T = TypeVar("T")

_REFERENCE = ["territoires", "communes", "themes"]  # parents before children


class DatabaseStates:
    """The saved states of one application, used within its context. The first state is `empty`."""

    def __init__(self, application: Flask, folder: Path) -> None:
        self._base = (_Sqlite if db.engine.dialect.name == "sqlite" else _Postgresql)(application, folder)
        self._reached: dict[tuple[Any, ...], tuple[str, Any]] = {}
        self._base.keep("empty")

    def empty(self) -> None:
        self._put_back("empty")

    def once(self, build: Callable[..., T], *args: Any) -> T:
        """Return the result of `build(*args)` on the current state: run it once, then restore its state.

        The result is None or rows, in a list or a dataclass. A saved state is reused only on the same
        day, or at the same fixed instant.
        """
        key = self._current, build, now() if is_fixed() else today()
        if key in self._reached:
            name, identities = self._reached[key]
            self._put_back(name)
            built: T = _revive(identities)
        else:
            self._put_back(self._current)  # discard what the test has done since
            built = build(*args)
            self._current = f"state_{len(self._reached)}"
            self._base.keep(self._current)
            self._reached[key] = self._current, _identities(built)
        return built

    def _put_back(self, name: str) -> None:
        db.session.rollback()
        self._base.put_back(name)
        self._current = name


def _identities(built: Any) -> Any:
    if is_dataclass(built):
        return type(built), {part.name: _identities(getattr(built, part.name)) for part in fields(built)}
    if built is None:
        return None, None
    if isinstance(built, list):
        return list, [_identities(part) for part in built]
    return type(built), inspect(built).identity[0]


def _revive(identities: Any) -> Any:
    """Return the rows as a commit leaves them: expired, not loaded yet."""
    kind, value = identities
    if kind is None:
        return None
    if is_dataclass(kind):
        return kind(**{name: _revive(part) for name, part in value.items()})
    if kind is list:
        return [_revive(part) for part in value]
    row = db.session.identity_map.get(identity_key(kind, value))
    if row is None:
        row = kind(id=value)
        make_transient_to_detached(row)
        db.session.add(row)
    return row


class _Sqlite:
    """A state is a copy of the database file."""

    def __init__(self, application: Flask, folder: Path) -> None:
        self._file = Path(application.instance_path) / "mse.db"
        self._folder = folder
        folder.mkdir()

    def keep(self, name: str) -> None:
        db.session.rollback()
        db.engine.dispose()  # closing the last connection empties the WAL
        shutil.copy(self._file, self._folder / name)

    def put_back(self, name: str) -> None:
        db.engine.dispose()
        for suffix in ("-wal", "-shm"):
            self._file.with_name(f"{self._file.name}{suffix}").unlink(missing_ok=True)
        shutil.copy(self._folder / name, self._file)


class _Postgresql:
    """A state is a schema with a copy of each non-empty table, and a function that restores them.

    The reference tables are the largest, and restored only if a test has changed them.
    """

    def __init__(self, _application: Flask, _folder: Path) -> None:
        tables = [table.name for table in db.metadata.sorted_tables if table.name not in _REFERENCE]
        self._tables = tables
        # TRUNCATE takes longer than most tests: only the journal needs it, since it refuses DELETE.
        self._empty = ["IF EXISTS (SELECT FROM journal) THEN TRUNCATE journal; END IF"]
        self._empty += [f"DELETE FROM {table}" for table in reversed(tables) if table != "journal"]

    def keep(self, name: str) -> None:
        look = (f"SELECT '{table}' WHERE EXISTS (SELECT FROM {table})" for table in self._tables)
        filled = set(db.session.scalars(text(" UNION ALL ".join(look))))
        copied = [table for table in self._tables if table in filled]
        steps = [
            *self._empty,
            _restore_reference(name),
            *(f"INSERT INTO {table} SELECT * FROM {name}.{table}" for table in copied),
            *(f"PERFORM setval('{sequence}', {value})" for sequence, value in self._sequences()),
        ]
        _execute(
            f"CREATE SCHEMA {name}",
            *(f"CREATE TABLE {name}.{table} AS TABLE {table}" for table in [*_REFERENCE, *copied]),
            f"CREATE FUNCTION {name}.put_back() RETURNS void LANGUAGE plpgsql AS "
            f"$$BEGIN {'; '.join(steps)}; END$$",
        )
        db.session.commit()

    def put_back(self, name: str) -> None:
        _execute(f"SELECT {name}.put_back()")
        db.session.commit()

    @staticmethod
    def _sequences() -> Iterable[Any]:
        """Return each sequence with the arguments of its setval."""
        return db.session.execute(
            text("""SELECT format('%I.%I', schemaname, sequencename),
            CASE WHEN last_value IS NULL THEN '1, false' ELSE last_value::text END FROM pg_sequences""")
        )


def _restore_reference(name: str) -> str:
    """Return the PL/pgSQL statement that restores the reference tables of the state `name`.

    Rows are compared as text, since the type json has no equality operator.
    """
    changed = [
        f"EXISTS (SELECT r::text FROM {one} r EXCEPT SELECT r::text FROM {other} r)"
        for table in _REFERENCE
        for one, other in ((table, f"{name}.{table}"), (f"{name}.{table}", table))
    ]
    steps = [f"DELETE FROM {table}" for table in reversed(_REFERENCE)]
    steps += [f"INSERT INTO {table} SELECT * FROM {name}.{table}" for table in _REFERENCE]
    return f"IF {' OR '.join(changed)} THEN {'; '.join(steps)}; END IF"


def _execute(*statements: str) -> None:
    for statement in statements:
        db.session.execute(text(statement))
