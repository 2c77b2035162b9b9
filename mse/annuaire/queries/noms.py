"""Search people by name."""

from itertools import islice
from typing import Any

from mse.core.text import fold
from mse.extensions import db


def list_named(query: Any, nom: str, limit: int) -> list[Any]:
    """Return the first rows whose `nom` contains every word searched, ignoring accents and case.

    Python does the comparison, because SQLite and PostgreSQL ignore accents differently.
    """
    if not nom:
        return list(db.session.execute(query.limit(limit)))
    mots = fold(nom).split()
    if not mots:  # no letter or digit, so no name can match
        return []
    rows = db.session.execute(query).yield_per(500)  # a server-side cursor would need an open transaction
    found = list(islice((row for row in rows if all(mot in fold(row.nom) for mot in mots)), limit))
    rows.close()
    return found


def name_key(nom: str) -> str:
    """Return a key under which two spellings of the same name are equal."""
    return " ".join(fold(nom).split())
