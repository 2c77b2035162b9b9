"""Find public documents, count them by filter, and load one page of them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import Row, Select, bindparam, case, literal, or_, select

from mse.core.database import is_state
from mse.extensions import db
from mse.recherche.fournisseurs import REGISTRY, Trouve
from mse.recherche.models import DocumentRecherche, Genre
from mse.recherche.plein_texte import CHERCHES, select_ids, write_expression
from mse.recherche.queries.vocabulaire import Terme, correct, read_termes
from mse.recherche.racines import read_words
from mse.recherche.reperes import write_filters

COUNTED = 1000  # documents counted and sorted; a more frequent word gives the newest ones
PAR_PAGE = 12
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


def search(texte: str, choisis: Mapping[str, object], *, tri: Tri, page: int) -> Resultats:
    """Return the page number `page`, from 1, of the documents that hold all words and pass all filters."""
    termes = read_termes(texte)
    rows = _find(termes, choisis) if termes else []
    est_corrige = bool(rows) and any(terme.lu for terme in termes)
    if not rows and termes:
        autres = [correct(mot, stem) for mot, stem in read_words(" ".join(t.mot for t in termes)).items()]
        if any(terme.lu for terme in autres) and (rows := _find(autres, choisis)):
            termes, est_corrige = autres, True
    rows.sort(key=_ORDERS[tri])
    debut = (page - 1) * PAR_PAGE
    return Resultats(
        termes=termes,
        total=min(len(rows), COUNTED),
        est_plafonne=len(rows) > COUNTED,
        est_corrige=est_corrige,
        comptes=_count(rows),
        page=_load(rows[debut : debut + PAR_PAGE]),
        a_une_suite=len(rows) > debut + PAR_PAGE,
    )


_ORDERS = {
    Tri.PERTINENCE: lambda row: (-row.score, -row.id),
    Tri.DATE: lambda row: (row.annee is None, -row.id),
    Tri.PERSONNES: lambda row: (-row.personnes, -row.id),
}


def _find(termes: Sequence[Terme], choisis: Mapping[str, object]) -> list[Row[*tuple[Any, ...]]]:
    """Return the public documents, at most `COUNTED` + 1, the newest if there are more."""
    dialect = db.engine.dialect.name
    expression = write_expression(dialect, [terme.stems for terme in termes], write_filters(choisis))
    patterns = [f"% {terme.debut}%" if terme.debut else f"% {terme.stems[0]} %" for terme in termes]
    parameters = {CHERCHES: expression, **{f"motif_{rank}": one for rank, one in enumerate(patterns)}}
    statement = _statement(dialect, len(patterns), frozenset(REGISTRY.providers))
    return list(db.session.execute(statement, parameters))


@cache
def _statement(dialect: str, patterns: int, genres: frozenset[Genre]) -> Select[Any]:
    """Return the SELECT of the documents with their score: the number of searched words in their title."""
    ids = select_ids(dialect, COUNTED + 1).subquery()
    titre = literal(" ") + _D.titre + literal(" ")
    score: Any = literal(0)
    for rank in range(patterns):
        score = score + case((titre.like(bindparam(f"motif_{rank}")), 1), else_=0)
    visible = [
        is_state(_D.genre, provider.genre) & provider.visible(_D.objet_id)
        for genre, provider in REGISTRY.providers.items()
        if genre in genres
    ]
    columns = (_D.id, _D.genre, _D.objet_id, _D.themes, _D.territoires, _D.statut, _D.annee, _D.personnes)
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


def _load(rows: Sequence[Any]) -> list[tuple[Genre, Trouve]]:
    """Load what the results show, one statement for each genre, in the order of the rows."""
    wanted: dict[Genre, list[int]] = {}
    for row in rows:
        wanted.setdefault(row.genre, []).append(row.objet_id)
    loaded = {genre: REGISTRY.providers[genre].load(ids) for genre, ids in wanted.items()}
    return [
        (row.genre, trouve) for row in rows if (trouve := loaded[row.genre].get(row.objet_id)) is not None
    ]
