"""Names as people seek them."""

from itertools import islice
from typing import Any

from mse.core.textes import fold
from mse.extensions import db


def list_named(query: Any, nom: str, limit: int) -> list[Any]:
    """The first rows whose `nom` holds every word sought, without accents and case: no two databases
    do that alike, so it is done here."""
    if not nom:
        return list(db.session.execute(query.limit(limit)))
    mots = fold(nom).split()
    if not mots:  # signs only: nobody is named so
        return []
    rows = db.session.execute(query).yield_per(500)  # a cursor of the database would want a transaction
    found = list(islice((row for row in rows if all(mot in fold(row.nom) for mot in mots)), limit))
    rows.close()
    return found


def name_key(nom: str) -> str:
    """Two names with the same key are the same name for whoever types them."""
    return " ".join(fold(nom).split())
