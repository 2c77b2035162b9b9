"""Ids of documents, and filter tokens. A token stands for one value of a filter (a thème, a year). It is
stored in the full-text index (column `reperes`), so that to filter is to search for one more word."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from mse.recherche.models import Genre

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_OTHER = re.compile(r"[^a-z0-9]")
_PREFIXES = {"genre": "g", "theme": "t", "territoire": "l", "statut": "s", "annee": "a"}


def make_id(genre: Genre, objet_id: int, le: datetime | None) -> int:
    """Return the id of a document: its minute, its genre and the id of its object, so that ids follow the
    dates. A document without date comes after all others."""
    minute = 2**26 - 1 if le is None else int((le - _EPOCH).total_seconds()) // 60
    return minute << 34 | list(Genre).index(genre) << 31 | objet_id


def read_id(id: int) -> tuple[Genre, int]:
    """Return the genre and the object of a document."""
    return list(Genre)[id >> 31 & 7], id & 2**31 - 1


def write_tokens(**values: Iterable[object]) -> list[str]:
    """Return the tokens of these values by filter; None has none."""
    return [
        _PREFIXES[name] + _OTHER.sub("x", str(value).lower())
        for name, several in values.items()
        for value in several
        if value is not None
    ]


def write_filters(choisis: Mapping[str, object]) -> list[str]:
    """Return the tokens that a document must have to pass these filters."""
    return write_tokens(**{name: [value] for name, value in choisis.items()})
