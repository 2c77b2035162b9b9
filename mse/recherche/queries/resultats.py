"""Find public documents, count them by filter, and load one page of them."""

from collections import Counter
from collections.abc import Mapping, Sequence
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
from mse.recherche.plein_texte import CHERCHES, join_texts, rank_expressions, select_ids, write_expression
from mse.recherche.queries.vocabulaire import SECONDS, Terme
from mse.recherche.tokens import UNDATED, read_id, write_filters

COUNTED = 1000  # documents counted; a more frequent word gives the newest ones
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
    return _count(
        write_expression(dialect, [terme.stems for terme in termes], write_filters(choisis), around=True)
    )


@cached_for(SECONDS)
@rate_limited(EACH, ALL, lazy("Beaucoup de recherches sont demandées\u202f: revenez dans une minute."))
def _count(expression: str) -> Comptes:
    """A number may be as old as the cache. The database joins the tokens: reading a thousand rows would take
    longer than the rest of the page."""
    row = db.session.execute(_counting(db.engine.dialect.name), {CHERCHES: expression}).one()
    return Comptes(row.nombre, Counter((row.filtres or "").split()))


@cache
def _counting(dialect: str) -> Select[*tuple[Any, ...]]:
    ids = select_ids(dialect, COUNTED + 1).subquery()
    return select(func.count().label("nombre"), join_texts(dialect, _F.filtres).label("filtres")).join_from(
        ids, FacettesRecherche.__table__, _F.id == ids.c.id
    )


def list_places(
    termes: Sequence[Terme], choisis: Mapping[str, object], tri: Tri, after: Place | None
) -> Sequence[Place]:
    """Return the documents of one page in their order, and one more if there is a next page."""
    dialect, groups, tokens = (
        db.engine.dialect.name,
        [terme.stems for terme in termes],
        write_filters(choisis),
    )
    start = after.rang if after and tri != Tri.PERSONNES else 0
    parameters: dict[str, Any] = {"rang": after.rang, "avant": after.id} if after else {}
    if tri == Tri.PERTINENCE:
        classes = rank_expressions(dialect, groups, tokens)
        ranks = tuple(range(start, len(classes)))
        parameters |= {f"classe_{rank}": classes[rank] for rank in ranks}
    else:
        ranks = tuple(range(start, 2))
        parameters |= {CHERCHES: write_expression(dialect, groups, tokens, around=True), "sans_date": UNDATED}
    if not ranks:
        return []
    rows = db.session.execute(_STATEMENTS[tri](dialect, ranks, after is not None), parameters)
    return [Place(row.rang, row.id) for row in rows]


@cache
def _by_class(dialect: str, ranks: tuple[int, ...], resumed: bool) -> Select[Any]:
    """Each class is read only if those before it do not fill the page."""
    return _in_turn(
        [
            (rank, select_ids(dialect, PAR_PAGE + 1, name=f"classe_{rank}", **_resume(rank, ranks, resumed)))
            for rank in ranks
        ]
    )


@cache
def _by_date(dialect: str, ranks: tuple[int, ...], resumed: bool) -> Select[Any]:
    """Documents without date have the greatest ids but come last."""
    dated = _resume(0, ranks, resumed) or {"before": "sans_date"}
    undated = {"since": "sans_date", **_resume(1, ranks, resumed)}
    bounds = {0: dated, 1: undated}
    return _in_turn([(rank, select_ids(dialect, PAR_PAGE + 1, **bounds[rank])) for rank in ranks])


@cache
def _by_people(dialect: str, _ranks: tuple[int, ...], resumed: bool) -> Select[Any]:
    ids = select_ids(dialect, COUNTED).subquery()
    query = select(_F.personnes.label("rang"), ids.c.id).join_from(
        ids, FacettesRecherche.__table__, _F.id == ids.c.id
    )
    if resumed:
        query = query.where(tuple_(_F.personnes, _F.id) < tuple_(bindparam("rang"), bindparam("avant")))
    return first(query.order_by(_F.personnes.desc(), _F.id.desc()), PAR_PAGE + 1)


_STATEMENTS = {Tri.PERTINENCE: _by_class, Tri.DATE: _by_date, Tri.PERSONNES: _by_people}


def _resume(rank: int, ranks: Sequence[int], resumed: bool) -> dict[str, str]:
    """A page that follows another one begins within the first class that is left."""
    return {"before": "avant"} if resumed and rank == ranks[0] else {}


def _in_turn(parts: Sequence[tuple[int, Select[Any]]]) -> Select[Any]:
    """Return the SELECT of the rows of each part after those of the part before. Both databases read the
    parts of UNION ALL in turn, and stop when the page is full."""
    selects = []
    for rank, ids in parts:
        one = ids.subquery()
        selects.append(select(literal_column(str(rank)).label("rang"), one.c.id))
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
