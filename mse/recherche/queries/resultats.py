"""Find public documents, count them by filter, and load one page of them."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, func, literal_column, select, tuple_, union_all

from mse.core.cache import cached_for
from mse.core.database import first
from mse.core.errors import DonneeInvalide
from mse.core.rate_limit import rate_limited
from mse.core.text import _, lazy
from mse.extensions import db
from mse.recherche.fournisseurs import REGISTRY, Trouve
from mse.recherche.models import FacettesRecherche, Genre
from mse.recherche.plein_texte import (
    CHERCHES,
    are_frequent,
    join_texts,
    rank_expressions,
    select_ids,
    write_expression,
)
from mse.recherche.queries.vocabulaire import SECONDS, Terme
from mse.recherche.tokens import UNDATED, read_id, read_span, write_filters

COUNTED = 500  # documents counted; a more frequent word gives the newest ones
PAR_PAGE = 12
EACH, ALL = 200, 2000  # counts a minute, for one address (a training centre shares one) and in total
FACETS = ("genre", "theme", "territoire", "statut", "annee")
_DIGITS = 18  # of the greatest id

_F = FacettesRecherche.__table__.c


class Tri(StrEnum):
    PERTINENCE = "pertinence"
    DATE = "date"
    PERSONNES = "personnes"


@dataclass(frozen=True)
class Place:
    """Keyset cursor: the last document shown. `rang` depends on the order: the class of the document (see
    `rank_expressions`), 1 if it has no date, or its number of people."""

    rang: int
    id: int

    @classmethod
    def parse(cls, text: str) -> "Place | None":
        """Return the cursor, or None if the text is empty. Raises `DonneeInvalide` if it is malformed."""
        if not text:
            return None
        rang, _dash, id = text.partition("-")
        if not (f"{rang}{id}".isascii() and rang.isdigit() and id.isdigit()):
            raise DonneeInvalide(_("L’adresse de cette page de la liste n’est pas valable."))
        if len(rang) > _DIGITS // 2 or len(id) > _DIGITS:
            raise DonneeInvalide(_("L’adresse de cette page de la liste n’est pas valable."))
        return cls(int(rang), int(id))

    def __str__(self) -> str:
        return f"{self.rang}-{self.id}"


@dataclass(frozen=True)
class Comptes:
    """The number of documents that a search finds, at most `COUNTED` + 1, and that of each filter token."""

    nombre: int
    tokens: Mapping[str, int]

    @property
    def total(self) -> int:
        return min(self.nombre, COUNTED)

    @property
    def est_plafonne(self) -> bool:
        return self.nombre > COUNTED


AUCUN = Comptes(0, {})


def count(termes: Sequence[Terme], choisis: Mapping[str, object]) -> Comptes:
    """Count the documents that hold all words and pass all filters."""
    if not termes:
        return AUCUN
    dialect = db.engine.dialect.name
    groups = [terme.stems for terme in termes]
    expression = write_expression(dialect, groups, write_filters(choisis), around=True)
    return _count(expression, **read_span(choisis))


@cached_for(SECONDS)
@rate_limited(EACH, ALL, lazy("Beaucoup de recherches sont demandées\u202f: revenez dans une minute."))
def _count(expression: str, **span: int) -> Comptes:
    """A number may be as old as the cache. The database joins the tokens: reading hundreds of rows would take
    longer than the rest of the page."""
    (frequent,) = are_frequent((expression,))
    statement = _counting(db.engine.dialect.name, frequent)
    row = db.session.execute(statement, {CHERCHES: expression, **span}).one()
    return Comptes(row.nombre, Counter((row.filtres or "").split()))


@cache
def _counting(dialect: str, frequent: bool) -> Select[*tuple[Any, ...]]:
    ids = select_ids(dialect, COUNTED + 1, frequent=frequent, within=True).subquery()
    return select(func.count().label("nombre"), join_texts(dialect, _F.filtres).label("filtres")).join_from(
        ids, FacettesRecherche.__table__, _F.id == ids.c.id
    )


def list_places(
    termes: Sequence[Terme], choisis: Mapping[str, object], tri: Tri, after: Place | None
) -> Sequence[Place]:
    """Return the documents of one page in their order, and one more if there is a next page."""
    dialect, tokens = db.engine.dialect.name, write_filters(choisis)
    groups = [terme.stems for terme in termes]
    start = after.rang if after and tri != Tri.PERSONNES else 0
    parameters: dict[str, Any] = dict(read_span(choisis))
    if after:
        parameters |= {"rang": after.rang, "avant": after.id}
    if tri == Tri.PERTINENCE:
        classes = rank_expressions(dialect, groups, tokens)
        ranks = tuple(range(start, len(classes)))
        parameters |= {f"classe_{rank}": classes[rank] for rank in ranks}
        frequent = are_frequent(classes[start:])
    else:
        ranks = tuple(range(start, 2))
        expression = write_expression(dialect, groups, tokens, around=True)
        parameters |= {CHERCHES: expression, "sans_date": UNDATED}
        frequent = are_frequent((expression,)) * len(ranks)
    if not ranks:
        return []
    statement = _STATEMENTS[tri](dialect, tuple(zip(ranks, frequent, strict=True)), after is not None)
    rows = db.session.execute(statement, parameters)
    return [Place(row.rang, row.id) for row in rows]


Parts = tuple[tuple[int, bool], ...]  # ranks of the parts to read, and whether their words are frequent


@cache
def _by_class(dialect: str, parts: Parts, resumed: bool) -> Select[Any]:
    """Each class is read only if those before it do not fill the page."""
    return _in_turn(dialect, parts, resumed, lambda rank: {"name": f"classe_{rank}"})


@cache
def _by_date(dialect: str, parts: Parts, resumed: bool) -> Select[Any]:
    """Documents without date have the greatest ids but come last."""
    return _in_turn(dialect, parts, resumed, lambda rank: {"since" if rank else "before": "sans_date"})


@cache
def _by_people(dialect: str, parts: Parts, resumed: bool) -> Select[Any]:
    ids = select_ids(dialect, COUNTED, frequent=parts[0][1], within=True).subquery()
    query = select(_F.personnes.label("rang"), ids.c.id).join_from(
        ids, FacettesRecherche.__table__, _F.id == ids.c.id
    )
    if resumed:
        query = query.where(tuple_(_F.personnes, _F.id) < tuple_(bindparam("rang"), bindparam("avant")))
    return first(query.order_by(_F.personnes.desc(), _F.id.desc()), PAR_PAGE + 1)


_STATEMENTS = {Tri.PERTINENCE: _by_class, Tri.DATE: _by_date, Tri.PERSONNES: _by_people}


def _in_turn(
    dialect: str, parts: Parts, resumed: bool, bounds: Callable[[int], dict[str, str]]
) -> Select[Any]:
    """Return the SELECT of all ids found: first those of the first part, then those of the next one.

    A page that follows another one begins within the first part. Both databases read the parts of UNION ALL
    in turn, and stop when the page is full.
    """
    selects = []
    for rank, frequent in parts:
        values = bounds(rank)
        if resumed and rank == parts[0][0]:
            values["before"] = "avant"
        ids = select_ids(dialect, PAR_PAGE + 1, frequent=frequent, within=True, **values).subquery()
        selects.append(select(literal_column(str(rank)).label("rang"), ids.c.id))
    every = union_all(*selects).subquery()
    return first(select(every.c.rang, every.c.id), PAR_PAGE + 1)


def load(places: Sequence[Place]) -> list[tuple[Genre, Trouve]]:
    """Load what the results show, one statement for each genre, in the order of the places. An object that is
    not public is left out."""
    objets = [read_id(place.id) for place in places]
    wanted: dict[Genre, list[int]] = {}
    for genre, objet_id in objets:
        wanted.setdefault(genre, []).append(objet_id)
    loaded = {genre: REGISTRY.providers[genre].load(some) for genre, some in wanted.items()}
    return [
        (genre, trouve) for genre, objet_id in objets if (trouve := loaded[genre].get(objet_id)) is not None
    ]
