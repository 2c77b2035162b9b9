"""One use case is one transaction. `commit()` is written here and nowhere else."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import wraps
from inspect import signature
from typing import Any, ParamSpec, TypeVar

from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import ObjectDeletedError, StaleDataError

from mse.core.database import READ_ONLY, is_deferred, writing
from mse.core.errors import Conflit, DonneeInvalide
from mse.core.events import Event, dispatch, witness
from mse.core.textes import _
from mse.extensions import db

P = ParamSpec("P")
R = TypeVar("R")


def record(event: Event) -> None:
    """Called inside a use case: `event` is handed to its handlers before the COMMIT."""
    _info()["events"].append(event)


def after_commit(action: Callable[[], None]) -> None:
    """`action` runs once when the running use case is committed, never when it is rolled back."""
    actions = _info()["after_commit"]
    if action not in actions:
        actions.append(action)


def use_case(function: Callable[P, R]) -> Callable[P, R]:
    """Runs, flushes, dispatches the recorded events, commits; rolls back on any exception.

    Raises `RuntimeError` when nested, `Conflit` when a row changed since it was read.
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


def prepared(**readers: Callable[[str], object]) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Above `@use_case`: checks and sanitizes the named texts before the transaction begins, since this may
    be slow and SQLite has one writer at a time. The use case receives what the reader returns.

    A `DonneeInvalide` of a reader names its argument as the field of the form.
    """

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
    """Before slow work (hashing, drawing): on SQLite nobody else could write meanwhile. What was not
    committed is rolled back; a command that loads many things in one transaction keeps it."""
    if not is_batch():
        db.session.rollback()


@contextmanager
def batch() -> Iterator[None]:
    """The use cases called within share one transaction: all or nothing. For commands that load."""
    with _transaction():
        db.session().info["batch"] = True
        yield


def is_batch() -> bool:
    """True while a command runs several use cases in one transaction."""
    return bool(_info().get("batch"))


@contextmanager
def rehearsal() -> Iterator[None]:
    """The use cases called within do all that they do, then nothing of it is kept: what would happen."""
    with suppress(_Rehearsed), batch():
        yield
        raise _Rehearsed


class _Rehearsed(Exception):
    pass


@contextmanager
def attempt() -> Iterator[None]:
    """Within a use case: what may fail alone. An exception takes back what was written and recorded."""
    events = _info()["events"]
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
            witness(events)
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
    if is_deferred():  # what was read without the right to write is read again within the transaction
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


def _info() -> dict[Any, Any]:
    return db.session().info
