"""Ids of documents, and filter tokens. A token stands for one value of a filter (a thème, a year). It is
stored in the full-text index (column `filtres`), so that to filter is to search for one more word."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

from mse.recherche.models import Genre

MOT = "m"  # prefix of a stem that finds a document without standing in its text
OBJECT = 2**31 - 1  # bits of an id that hold the id of the object
UNDATED = (2**26 - 1) << 34  # the least id of a document without date

_GENRES = tuple(Genre)
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_OTHER = re.compile(r"[^a-z0-9]")
_PREFIXES = {"genre": "g", "theme": "t", "territoire": "l", "statut": "s", "annee": "a"}


def make_id(genre: Genre, objet_id: int, le: datetime | None) -> int:
    """Return the id of a document: its minute, its genre and the id of its object, so that ids follow the
    dates. A document without date comes after all others."""
    minute = UNDATED if le is None else (int((le - _EPOCH).total_seconds()) // 60) << 34
    return minute | _GENRES.index(genre) << 31 | objet_id


def read_span(choisis: Mapping[str, object]) -> dict[str, int]:
    """Return the ids between which these filters leave documents, a day more at both ends for time zones. A
    search of an old year would otherwise read all later documents."""
    if "annee" not in choisis:
        return {"debut": 0, "fin": 2**60}
    annee = int(str(choisis["annee"]))
    debut, fin = datetime(annee, 1, 1, tzinfo=UTC), datetime(annee + 1, 1, 1, tzinfo=UTC)
    genre = _GENRES[0]
    return {
        "debut": make_id(genre, 0, max(debut - timedelta(days=1), _EPOCH)),
        "fin": make_id(genre, 0, fin + timedelta(days=1)),
    }


def read_id(id: int) -> tuple[Genre, int]:
    """Return the genre and the object of a document."""
    return _GENRES[id >> 31 & 7], id & OBJECT


def write_token(name: str, value: object) -> str:
    """Return the token of this value of a filter."""
    return _PREFIXES[name] + _OTHER.sub("x", str(value).lower())


def read_years(tokens: Iterable[str]) -> list[str]:
    """Return the years among the tokens."""
    return [token[1:] for token in tokens if token[0] == _PREFIXES["annee"]]


def write_tokens(**values: Iterable[object]) -> list[str]:
    """Return the tokens of these values by filter; None has none."""
    return [
        write_token(name, value) for name, several in values.items() for value in several if value is not None
    ]


def write_filters(choisis: Mapping[str, object]) -> list[str]:
    """Return the tokens that a document must have to pass these filters."""
    return write_tokens(**{name: [value] for name, value in choisis.items()})
