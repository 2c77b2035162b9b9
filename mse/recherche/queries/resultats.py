"""Find public documents, count them by filter, and load one page of them."""

from array import array
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, case, literal, or_, select

from mse.core.cache import cached_for
from mse.core.database import is_state
from mse.core.rate_limit import rate_limited
from mse.core.text import lazy
from mse.extensions import db
from mse.recherche.fournisseurs import REGISTRY, Trouve
from mse.recherche.models import DocumentRecherche, Genre
from mse.recherche.plein_texte import CHERCHES, select_ids, write_expression
from mse.recherche.queries.vocabulaire import Terme, correct, read_termes
from mse.recherche.racines import read_words
from mse.recherche.tokens import read_id, write_filters

COUNTED = 1000  # documents counted and sorted; a more frequent word gives the newest ones
PAR_PAGE = 12
SECONDS = 10.0  # that the ids and the numbers of a search are cached
EACH, ALL = 120, 1200  # searches a minute, for one address (a training centre shares one) and in total
FACETS = ("genre", "theme", "territoire", "statut", "annee")

_D = DocumentRecherche.__table__.c


class Tri(StrEnum):
    PERTINENCE = "pertinence"
    DATE = "date"
    PERSONNES = "personnes"


@dataclass(frozen=True, kw_only=True)
class Resultats:
    """One page of results. `comptes`: for each filter, the number of documents by value."""

    termes: Sequence[Terme]
    total: int = 0
    est_plafonne: bool = False  # there are more than `COUNTED`
    est_corrige: bool = False  # nothing matched the typed words: these are the results of others
    comptes: Mapping[str, Mapping[str, int]]
    page: Sequence[tuple[Genre, Trouve]] = ()
    a_une_suite: bool = False


@dataclass(frozen=True)
class _Trouves:
    """What a search finds, without texts: the sorted ids of documents, which tell their genre and object."""

    ids: "array[int]"
    comptes: Mapping[str, Mapping[str, int]]


def search(texte: str, choisis: Mapping[str, object], *, tri: Tri, page: int) -> Resultats:
    """Return the page number `page`, from 1, of the documents that hold all words and pass all filters."""
    termes = read_termes(texte)
    trouves = _find(termes, choisis, tri)
    est_corrige = bool(trouves.ids) and any(terme.lu for terme in termes)
    if not trouves.ids and termes:
        autres = [correct(mot, stem) for mot, stem in read_words(" ".join(t.mot for t in termes)).items()]
        if any(terme.lu for terme in autres) and (corriges := _find(autres, choisis, tri)).ids:
            termes, trouves, est_corrige = autres, corriges, True
    debut, nombre = (page - 1) * PAR_PAGE, len(trouves.ids)
    return Resultats(
        termes=termes,
        total=min(nombre, COUNTED),
        est_plafonne=nombre > COUNTED,
        est_corrige=est_corrige,
        comptes=trouves.comptes,
        page=_load(trouves.ids[debut : debut + PAR_PAGE]),
        a_une_suite=nombre > debut + PAR_PAGE,
    )


_ORDERS: dict[Tri, Callable[[Any], tuple[Any, ...]]] = {
    Tri.PERTINENCE: lambda row: (-row.score, -row.id),
    Tri.DATE: lambda row: (row.annee is None, -row.id),
    Tri.PERSONNES: lambda row: (-row.personnes, -row.id),
}


def _find(termes: Sequence[Terme], choisis: Mapping[str, object], tri: Tri) -> _Trouves:
    if not termes:
        return _Trouves(array("q"), _count(()))
    expression = write_expression(
        db.engine.dialect.name, [terme.stems for terme in termes], write_filters(choisis)
    )
    patterns = [f"% {terme.debut}%" if terme.debut else f"% {terme.stems[0]} %" for terme in termes]
    return _run(expression, tuple(patterns), tri)


@cached_for(SECONDS)
@rate_limited(EACH, ALL, lazy("Beaucoup de recherches sont demandées\u202f: revenez dans une minute."))
def _run(expression: str, patterns: Sequence[str], tri: Tri) -> _Trouves:
    """Find and count the public documents, at most `COUNTED` + 1, the newest if there are more.

    The result is cached because counting a thousand documents costs more than the rest of the page. It holds
    ids only: `_load` checks again, on each page, what is public.
    """
    statement = _statement(db.engine.dialect.name, len(patterns))
    parameters = {CHERCHES: expression, **{f"motif_{rank}": one for rank, one in enumerate(patterns)}}
    rows = sorted(db.session.execute(statement, parameters), key=_ORDERS[tri])
    return _Trouves(array("q", [row.id for row in rows]), _count(rows))


@cache
def _statement(dialect: str, patterns: int) -> Select[Any]:
    """Return the SELECT of the documents with their score: the number of searched words in their title."""
    ids = select_ids(dialect, COUNTED + 1).subquery()
    titre = literal(" ") + _D.titre + literal(" ")
    score: Any = literal(0)
    for rank in range(patterns):
        score = score + case((titre.like(bindparam(f"motif_{rank}")), 1), else_=0)
    visible = [
        is_state(_D.genre, provider.genre) & provider.visible(_D.objet_id)
        for provider in REGISTRY.providers.values()
    ]
    columns = (_D.id, _D.genre, _D.themes, _D.territoires, _D.statut, _D.annee, _D.personnes)
    return (
        select(*columns, score.label("score"))
        .join_from(ids, DocumentRecherche.__table__, _D.id == ids.c.id)
        .where(or_(*visible))
    )


def _count(rows: Sequence[Any]) -> Mapping[str, Mapping[str, int]]:
    return {
        "genre": Counter(row.genre for row in rows),
        "theme": Counter(code for row in rows for code in row.themes.split()),
        "territoire": Counter(code for row in rows for code in row.territoires.split()),
        "statut": Counter(row.statut for row in rows),
        "annee": Counter(str(row.annee) for row in rows if row.annee),
    }


def _load(ids: Sequence[int]) -> list[tuple[Genre, Trouve]]:
    """Load what the results show, one statement for each genre, in the order of the ids. An object that is no
    longer public is left out."""
    objets = [read_id(id) for id in ids]
    wanted: dict[Genre, list[int]] = {}
    for genre, objet_id in objets:
        wanted.setdefault(genre, []).append(objet_id)
    loaded = {genre: REGISTRY.providers[genre].load(some) for genre, some in wanted.items()}
    return [
        (genre, trouve) for genre, objet_id in objets if (trouve := loaded[genre].get(objet_id)) is not None
    ]
