"""Find public documents, count them by filter, and load one page of them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    ScalarSelect,
    Select,
    Subquery,
    bindparam,
    func,
    literal_column,
    null,
    select,
    tuple_,
    union_all,
)

from mse.core.cache import cached_for
from mse.core.database import first
from mse.core.errors import DonneeInvalide
from mse.core.rate_limit import rate_limited
from mse.core.text import _, lazy
from mse.extensions import db
from mse.recherche.expressions import Part, rank_expressions, write_expression
from mse.recherche.fournisseurs import REGISTRY, Trouve
from mse.recherche.frequences import choose_walk
from mse.recherche.models import FacettesRecherche, Genre
from mse.recherche.plein_texte import CHERCHES, join_texts, select_found, select_ids
from mse.recherche.queries.vocabulaire import SECONDS, Terme
from mse.recherche.tokens import UNDATED, read_id, read_span, write_filters

COUNTED = 200  # documents counted; a more frequent word gives the newest ones
PAR_PAGE = 12
EACH, ALL = 200, 2000  # counts a minute, for one address (a training centre shares one) and in total
FACETS = ("genre", "theme", "territoire", "statut", "annee")
_DIGITS = 18  # of the greatest id
_COUNTS = -1  # in the place of `rang`, in the row of the counts

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


@dataclass(frozen=True)
class Question:
    """What to look for: the documents that `found` finds, in the order `tri`. `classes` split the same
    documents (see `rank_expressions`)."""

    tri: Tri
    found: Part
    classes: tuple[Part, ...]
    debut: int
    fin: int

    def parameters(self) -> dict[str, Any]:
        parameters: dict[str, Any] = {"debut": self.debut, "fin": self.fin, CHERCHES: self.found.expression}
        if self.tri == Tri.PERTINENCE:
            parameters |= {f"classe_{rank}": part.expression for rank, part in enumerate(self.classes)}
        return parameters | ({"sans_date": UNDATED} if self.tri == Tri.DATE else {})


def find(termes: Sequence[Terme], choisis: Mapping[str, object], tri: Tri) -> tuple[Comptes, Sequence[Place]]:
    """Count the documents that hold all words and pass all filters. Return with their number those of the
    first page in their order, and one more if there is a next page."""
    return _find(_ask(termes, choisis, tri)) if termes else (AUCUN, ())


def list_next(
    termes: Sequence[Terme], choisis: Mapping[str, object], tri: Tri, after: Place
) -> Sequence[Place]:
    """Return the documents of the page after `after`, and one more if there is a next page."""
    question = _ask(termes, choisis, tri)
    start = after.rang if tri != Tri.PERSONNES else 0
    parts = _list_parts(question)[start:]
    if not parts:
        return ()
    statement = _list_page(db.engine.dialect.name, _choose_walk(question), parts, True)
    parameters = {**question.parameters(), "rang": after.rang, "avant": after.id}
    return [Place(row.rang, row.id) for row in db.session.execute(statement, parameters)]


def _ask(termes: Sequence[Terme], choisis: Mapping[str, object], tri: Tri) -> Question:
    dialect, tokens = db.engine.dialect.name, write_filters(choisis)
    groups = [terme.stems for terme in termes]
    return Question(
        tri,
        write_expression(dialect, groups, tokens, around=True),
        rank_expressions(dialect, groups, tokens) if tri == Tri.PERTINENCE else (),
        **read_span(choisis),
    )


@cached_for(SECONDS)
@rate_limited(EACH, ALL, lazy("Beaucoup de recherches sont demandées\u202f: revenez dans une minute."))
def _find(question: Question) -> tuple[Comptes, Sequence[Place]]:
    """One statement for the page and the counts, which may be as old as the cache. The database joins the
    tokens: reading hundreds of rows would take longer than the rest of the page."""
    dialect, walk = db.engine.dialect.name, _choose_walk(question)
    statement = _list_and_count(dialect, walk, _list_parts(question))
    comptes, places = AUCUN, []
    for row in db.session.execute(statement, question.parameters()):
        if row.rang == _COUNTS:
            comptes = Comptes(row.id, Counter((row.filtres or "").split()))
        else:
            places.append(Place(row.rang, row.id))
    return comptes, places


def _choose_walk(question: Question) -> int:
    return choose_walk(question.found.share, COUNTED + 1)


@dataclass(frozen=True)
class PageQuery:
    """Documents to list after those of the queries before: the value `rang` of their places, and arguments of
    `select_ids`. Without `rang`, it is their number of people."""

    rang: int | None
    name: str
    walk: int
    bounds: tuple[tuple[str, str], ...] = ()


def _list_parts(question: Question) -> tuple[PageQuery, ...]:
    if question.tri == Tri.PERSONNES:
        return (PageQuery(None, CHERCHES, choose_walk(question.found.share, COUNTED)),)
    if question.tri == Tri.PERTINENCE:
        return tuple(
            PageQuery(rank, f"classe_{rank}", choose_walk(part.share, PAR_PAGE + 1))
            for rank, part in enumerate(question.classes)
        )
    walk = choose_walk(question.found.share, PAR_PAGE + 1)
    return tuple(  # documents without date have the greatest ids but come last
        PageQuery(rank, CHERCHES, walk, (("since" if rank else "before", "sans_date"),)) for rank in (0, 1)
    )


@cache
def _list_page(dialect: str, walk: int, parts: tuple[PageQuery, ...], resumed: bool) -> Select[Any]:
    """Return the SELECT of the documents of one page. `resumed`: after the place of the parameters."""
    return _select_page(dialect, _share_found(dialect, walk), parts, resumed)


@cache
def _list_and_count(dialect: str, walk: int, parts: tuple[PageQuery, ...]) -> CompoundSelect[Any]:
    """Return the SELECT of the first page, and of one row with the counts."""
    source = _share_found(dialect, walk)
    page = _select_page(dialect, source, parts, resumed=False).subquery()
    ids = select_ids(dialect, COUNTED + 1, walk=walk, within=True, **source).subquery()
    counts: Select[*tuple[Any, ...]] = select(
        literal_column(str(_COUNTS)).label("rang"),
        func.count(ids.c.id).label("id"),
        join_texts(dialect, _read_facette(_F.filtres, ids)).label("filtres"),
    )
    return union_all(select(page.c.rang, page.c.id, null().label("filtres")), counts)


def _share_found(dialect: str, walk: int) -> dict[str, Any]:
    """Return arguments of `select_ids`: without a walk, PostgreSQL asks its index of words once for all parts
    of the statement."""
    return {} if walk or dialect == "sqlite" else {"source": select_found()}


def _select_page(
    dialect: str, source: Mapping[str, Any], parts: Sequence[PageQuery], resumed: bool
) -> Select[Any]:
    """Both databases read the parts of UNION ALL in turn, and stop when the page is full. A page that follows
    another one begins within the first part."""
    selects = []
    for part in parts:
        bounds: dict[str, Any] = dict(part.bounds)
        if resumed and part is parts[0] and part.rang is not None:
            bounds["before"] = "avant"
        walk = 0 if source else part.walk
        limit = PAR_PAGE + 1 if part.rang is not None else COUNTED
        ids = select_ids(
            dialect, limit, walk=walk, within=True, name=part.name, **source, **bounds
        ).subquery()
        if part.rang is None:
            return _order_by_people(ids, resumed)
        selects.append(select(literal_column(str(part.rang)).label("rang"), ids.c.id))
    every = union_all(*selects).subquery()
    return first(select(every.c.rang, every.c.id), PAR_PAGE + 1)


def _order_by_people(ids: Subquery, resumed: bool) -> Select[Any]:
    every = select(_read_facette(_F.personnes, ids).label("rang"), ids.c.id).subquery()
    query = select(every.c.rang, every.c.id)
    if resumed:
        query = query.where(tuple_(every.c.rang, every.c.id) < tuple_(bindparam("rang"), bindparam("avant")))
    return first(query.order_by(every.c.rang.desc(), every.c.id.desc()), PAR_PAGE + 1)


def _read_facette(column: Any, ids: Subquery) -> ScalarSelect[Any]:
    """Return a column of each document. With a join, PostgreSQL would read the rows of all documents."""
    return select(column).where(_F.id == ids.c.id).scalar_subquery()


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
