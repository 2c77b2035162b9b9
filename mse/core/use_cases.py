"""One use case is one transaction. `commit()` is called in this module only."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import wraps
from inspect import signature
from typing import Any, ParamSpec, TypeVar

from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import ObjectDeletedError, StaleDataError

from mse.core.database import READ_ONLY, is_reading, writing
from mse.core.errors import Conflit, DonneeInvalide
from mse.core.events import Event, dispatch, notify_observers
from mse.core.text import _
from mse.extensions import db

P = ParamSpec("P")
R = TypeVar("R")


def record(event: Event) -> None:
    """Record an event inside a use case. Its handlers run before the COMMIT."""
    _session_info()["events"].append(event)


def after_commit(action: Callable[[], None]) -> None:
    """Run `action` once after the current use case is committed; never if it is rolled back."""
    actions = _session_info()["after_commit"]
    if action not in actions:
        actions.append(action)


def use_case(function: Callable[P, R]) -> Callable[P, R]:
    """Run the function in a transaction: flush, dispatch the recorded events, commit. An exception rolls
    back.

    Raises `RuntimeError` if nested, `Conflit` if a row has changed since it was read.
    """

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        info = db.session().info
        if info.get("in_use_case"):
            raise RuntimeError(f"{function.__name__}: a use case does not call another one")
        if info.get("batch"):
            return _perform(function, *args, **kwargs)
        with _transaction():
            return _perform(function, *args, **kwargs)

    return run


def prepared(**readers: Callable[[Any], object]) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Placed above `@use_case`: check and sanitise arguments before the transaction begins, because this may
    be slow and SQLite has a single writer. `readers`: name of an argument → function that returns the checked
    value, which the use case receives. If it raises `DonneeInvalide`, the name becomes its form field."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        positions = {name: rank for rank, name in enumerate(signature(function).parameters)}

        @wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            values: list[Any] = list(args)
            named: dict[str, Any] = dict(kwargs)
            for name, reader in readers.items():
                try:
                    if name in named:
                        named[name] = reader(named[name])
                    elif positions.get(name, len(values)) < len(values):
                        values[positions[name]] = reader(values[positions[name]])
                except DonneeInvalide as error:
                    error.champ = error.champ or name
                    raise
            return function(*values, **named)

        return run

    return decorate


def release() -> None:
    """End the transaction before slow work (hashing, image processing), which would block all writers on
    SQLite. Uncommitted changes are rolled back, except inside `batch`."""
    if not is_batch():
        db.session.rollback()


@contextmanager
def batch() -> Iterator[None]:
    """Run the use cases of the block in one transaction, all or nothing. For commands that load data."""
    with _transaction():
        db.session().info["batch"] = True
        yield


def is_batch() -> bool:
    """True while a command runs several use cases in one transaction."""
    return bool(_session_info().get("batch"))


@contextmanager
def rehearsal() -> Iterator[None]:
    """Dry run: execute the use cases of the block, then roll all of it back."""
    with suppress(_RehearsalEnd), batch():
        yield
        raise _RehearsalEnd


class _RehearsalEnd(Exception):
    pass


@contextmanager
def attempt() -> Iterator[None]:
    """Savepoint inside a use case. An exception undoes what
    the block has written and recorded, then propagates."""
    events = _session_info()["events"]
    before = len(events)
    try:
        with db.session.begin_nested():
            yield
    except BaseException:
        del events[before:]
        raise


def _perform(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    session = db.session()
    session.info["in_use_case"] = True
    try:
        result = function(*args, **kwargs)
        session.flush()
        events = session.info["events"]
        for event in events:  # a handler may add to them
            dispatch(event)
        session.flush()
        if events:
            notify_observers(events)
            events.clear()
        return result
    except (StaleDataError, ObjectDeletedError) as error:
        raise Conflit(_("Quelqu’un d’autre vient de modifier cette page. Votre texte est gardé.")) from error
    finally:
        session.info["in_use_case"] = False


@contextmanager
def _transaction() -> Iterator[Session]:
    session = db.session()
    if session.info.get(READ_ONLY):
        raise RuntimeError("this request may only read")
    if is_reading():  # rows read in a read-only transaction are read again in this one
        session.rollback()
    session.info.update(events=[], after_commit=[])
    try:
        with writing():
            yield session
            session.commit()
        actions = session.info["after_commit"]
    except BaseException:
        session.rollback()
        raise
    finally:
        for key in ("events", "after_commit", "batch"):
            session.info.pop(key, None)
    for action in actions:
        action()


def _session_info() -> dict[Any, Any]:
    return db.session().info
