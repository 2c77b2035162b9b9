"""A fixture that checks that slow tasks of the worker do not block writers."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import wraps
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from mse.core.database import set_reading
from mse.extensions import db

Lent = Callable[[Any, str], list[int]]


@pytest.fixture
def lent(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Lent:
    """`lent(module, name)`: write on another connection before each call of that function.

    The write fails if the caller holds the write lock. Return a list that grows by one for each write. The
    test then begins its transactions as the worker does.
    """

    def surround(module: Any, name: str) -> list[int]:
        ecrits: list[int] = []
        function = getattr(module, name)

        @wraps(function)
        def surrounded(*args: Any, **kwargs: Any) -> Any:
            with closing(sqlite3.connect(Path(app.instance_path) / "mse.db", timeout=0.2)) as autre:
                autre.execute("UPDATE themes SET libelle = libelle")
                autre.commit()
            ecrits.append(1)
            return function(*args, **kwargs)

        monkeypatch.setattr(module, name, surrounded)
        db.session.rollback()
        set_reading(False)
        return ecrits

    return surround
