"""A whole search: its results, and other words that might have been meant."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any

from sqlalchemy import select

from mse.core.database import ID_MAX
from mse.extensions import db
from mse.recherche.expressions import write_expression
from mse.recherche.fournisseurs import REGISTRY, Trouve
from mse.recherche.frequences import choose_walk
from mse.recherche.models import DocumentRecherche, Genre
from mse.recherche.plein_texte import CHERCHES, select_ids
from mse.recherche.queries.resultats import (
    AUCUN,
    PAR_PAGE,
    Comptes,
    Place,
    Tri,
    find,
    list_next,
    load,
)
from mse.recherche.queries.vocabulaire import (
    LONGEST,
    WORDS_MAX,
    Terme,
    correct,
    list_neighbours,
    read_termes,
    split_words,
)
from mse.recherche.racines import read_words
from mse.recherche.tokens import write_filters

FEW = 3  # results; with more, other words are not looked for
BETTER = 3  # times as many results that other words must have
COMPARED = 200  # documents read to find these words

_TAG = re.compile(r"<[^<>]*>")
_NUMBER = re.compile(r"(?:fiche\s{0,3})?(?:#|n[°o]\s?)?(\d{1,10})", re.IGNORECASE)
_D = DocumentRecherche.__table__.c


@dataclass(frozen=True, kw_only=True)
class Resultats:
    """One page of results.

    termes: the words that the results hold.
    fiche: the fiche whose number was typed.
    est_corrige: nothing has the typed words; these are the results of words at one typing mistake.
    propose: other words that have results or more results.
    """

    termes: Sequence[Terme] = ()
    comptes: Comptes = AUCUN
    page: Sequence[tuple[Genre, Trouve]] = ()
    suite: Place | None = None
    fiche: Trouve | None = None
    est_corrige: bool = False
    est_coupe: bool = False  # the search was too long: its end was not read
    propose: str = ""


def search(texte: str, choisis: Mapping[str, object], *, tri: Tri, after: Place | None) -> Resultats:
    """Return the page after `after` of the documents that hold all words and pass all filters."""
    termes: Sequence[Terme] = read_termes(texte[:LONGEST])
    comptes, places = find(termes, choisis, tri)
    est_corrige = bool(comptes.nombre) and any(terme.voisins for terme in termes)
    if termes and not comptes.nombre:
        autres = list(correct(split_words(" ".join(terme.mot for terme in termes))).values())
        if any(terme.voisins for terme in autres) and (trouves := find(autres, choisis, tri))[0].nombre:
            termes, (comptes, places), est_corrige = autres, trouves, True
    if after is not None and comptes.nombre:
        places = list_next(termes, choisis, tri, after)
    page = load(places[:PAR_PAGE])
    propose = ""
    if est_corrige:
        propose = _read_correction(termes, page)
    elif termes and 0 < comptes.nombre <= FEW and after is None:
        propose = _propose(termes, choisis, comptes.nombre)
    return Resultats(
        termes=termes,
        comptes=comptes,
        page=page,
        suite=places[PAR_PAGE - 1] if len(places) > PAR_PAGE else None,
        fiche=_find_fiche(texte)
        if after is None and choisis.get("genre", Genre.FICHE) == Genre.FICHE
        else None,
        est_corrige=est_corrige,
        est_coupe=len(texte) > LONGEST or len(split_words(texte)) > WORDS_MAX,
        propose=propose,
    )


def _find_fiche(texte: str) -> Trouve | None:
    """Return the public fiche whose number is the whole search: «42», «#42», «n° 42», «fiche 42»."""
    number = _NUMBER.fullmatch(texte)
    if number is None or not 0 < int(number[1]) <= ID_MAX:
        return None
    return REGISTRY.providers[Genre.FICHE].load([int(number[1])]).get(int(number[1]))


def _read_correction(termes: Sequence[Terme], page: Sequence[tuple[Genre, Trouve]]) -> str:
    """Return the words of the first result that took the place of the typed ones. They are read in its public
    text, never in the vocabulary, which may know words of texts that are no longer public."""
    for _genre, trouve in page[:1]:
        words = read_public_words(trouve)
        stems = set(words.values())
        mots = [
            terme.mot
            if not terme.voisins or stems.intersection(read_words(terme.mot).values())
            else next((mot for mot in terme.voisins if mot in words), "")
            for terme in termes
        ]
        return " ".join(mots) if all(mots) else ""
    return ""


def read_public_words(trouve: Trouve) -> dict[str, str]:
    """Return the words of what everybody may read of a result, and their stems."""
    textes = [unescape(_TAG.sub(" ", html)) for html in trouve.textes]
    return read_words(" ".join([trouve.titre, *textes, trouve.theme or "", trouve.territoire or ""]))


def _propose(termes: Sequence[Terme], choisis: Mapping[str, object], nombre: int) -> str:
    """Return the words with one of them replaced by a neighbour, if that finds many more documents: a typing
    mistake may happen to be a word too."""
    neighbours = list_neighbours({terme.mot: terme.stems[0] for terme in termes if not terme.debut})
    if not any(neighbours.values()):
        return ""
    groups = [(*terme.stems, *(racine for _mot, racine in neighbours.get(terme.mot, ()))) for terme in termes]
    found: dict[tuple[int, str], list[int]] = {}
    for row in _list_stems(groups, choisis):
        stems = set(f"{row.titre} {row.texte}".split())
        lack = [rank for rank, terme in enumerate(termes) if stems.isdisjoint(terme.stems)]
        for rank in lack if len(lack) == 1 else ():
            for mot, racine in neighbours.get(termes[rank].mot, ()):
                if racine in stems:
                    found.setdefault((rank, mot), []).append(row.id)
    better = Counter({one: len(ids) for one, ids in found.items() if len(ids) >= BETTER * nombre})
    for (rank, mot), _number in better.most_common(1):
        if _stands_in(mot, load([Place(0, found[rank, mot][0])])):
            return " ".join(mot if rank == one else terme.mot for one, terme in enumerate(termes))
    return ""


def _stands_in(mot: str, page: Iterable[tuple[Genre, Trouve]]) -> bool:
    return any(mot in read_public_words(trouve) for _genre, trouve in page)


def _list_stems(groups: Sequence[Sequence[str]], choisis: Mapping[str, object]) -> Sequence[Any]:
    dialect = db.engine.dialect.name
    part = write_expression(dialect, groups, write_filters(choisis), around=True)
    ids = select_ids(dialect, COMPARED, walk=choose_walk(part.share, COMPARED)).subquery()
    query = select(_D.id, _D.titre, _D.texte).join_from(ids, DocumentRecherche.__table__, _D.id == ids.c.id)
    return db.session.execute(query, {CHERCHES: part.expression}).all()
