"""Keep the index up to date. A batch of subjects is one transaction."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from html import unescape
from typing import Any, cast

from sqlalchemy import Table, delete, insert, select

from mse.core.clock import local_date
from mse.core.database import one_at_a_time, upsert
from mse.core.use_cases import use_case
from mse.extensions import db
from mse.recherche.fournisseurs import REGISTRY, Document
from mse.recherche.models import AIndexer, DocumentRecherche, Mot, Sujet, Variante
from mse.recherche.racines import list_variants, read_words
from mse.recherche.tokens import make_id, write_tokens

BATCH = 50  # subjects in one transaction of the worker
LARGE_BATCH = 500  # the same, for the command
SHORTEST = 4  # letters of a word whose typing mistakes are found
_TAG = re.compile(r"<[^<>]*>")
_DOCUMENTS, _QUEUE, _MOTS, _VARIANTES = (
    cast(Table, model.__table__) for model in (DocumentRecherche, AIndexer, Mot, Variante)
)
_D, _Q = _DOCUMENTS.c, _QUEUE.c


def index_due() -> None:
    """Index the subjects that have changed. The worker calls it every second."""
    while db.session.scalar(select(_Q.id).limit(1)) is not None:
        if _index_batch(BATCH) is None:
            return


def reindex(progress: Callable[[int], None]) -> None:
    """Build the index again from the other tables. `progress` receives the number of subjects done so far.
    Searches find less until it ends."""
    _begin_again()
    done = 0
    while (number := _index_batch(LARGE_BATCH)) is not None:
        done += number
        progress(done)


@use_case
def _begin_again() -> None:
    for table in (_QUEUE, _DOCUMENTS, _VARIANTES, _MOTS):
        db.session.execute(delete(table))
    _ask_for_all()


@use_case
def request_all() -> None:
    """Ask the worker to index all subjects."""
    _ask_for_all()


def _ask_for_all() -> None:
    lignes = [{"sujet": sujet, "objet_id": 0, "suite": True} for sujet in Sujet]
    db.session.execute(insert(_QUEUE), lignes)


@use_case
def _index_batch(size: int) -> int | None:
    """Index the next subjects that are due; return their number, None if none is left or another
    worker is at it.

    The rows of the queue are deleted by id: a change that commits meanwhile has its own row.
    """
    one_at_a_time("recherche")
    query = select(_QUEUE).order_by(_Q.suite, _Q.id).limit(size)
    due = db.session.execute(query.with_for_update(skip_locked=True)).all()
    if not due:
        return None
    subjects = defaultdict[Sujet, set[int]](set)
    if due[0].suite:
        due = due[:1]
        ids = REGISTRY.subjects[due[0].sujet].ids(due[0].objet_id, size)
        subjects[due[0].sujet] = set(ids)
        if len(ids) == size:
            db.session.execute(insert(_QUEUE).values(sujet=due[0].sujet, objet_id=ids[-1], suite=True))
    for ligne in due if not due[0].suite else ():
        if not ligne.suite:
            subjects[ligne.sujet].add(ligne.objet_id)
    done = [ligne.id for ligne in due if ligne.suite == due[0].suite]
    db.session.execute(delete(_QUEUE).where(_Q.id.in_(done)))
    for sujet, several in subjects.items():
        _index(sujet, sorted(several))
    return sum(map(len, subjects.values()))


def _index(sujet: Sujet, ids: Sequence[int]) -> None:
    """Replace all documents of these subjects."""
    db.session.execute(delete(_DOCUMENTS).where(_D.sujet == sujet, _D.sujet_id.in_(ids)))
    providers = [provider for provider in REGISTRY.providers.values() if provider.sujet == sujet]
    words: dict[str, str] = {}
    lignes = [
        _write(sujet, document, words) for provider in providers for document in provider.documents(ids)
    ]
    if lignes:
        db.session.execute(insert(_DOCUMENTS), lignes)
        _learn(words)


def _write(sujet: Sujet, document: Document, words: dict[str, str]) -> dict[str, Any]:
    """Return the row of a document; its words are added to `words`."""
    titre, texte = read_words(document.titre), dict[str, str]()
    for html in document.textes:
        texte.update(read_words(unescape(_TAG.sub(" ", html))))
    words.update(titre)
    words.update(texte)
    annee = local_date(document.le).year if document.le else None
    return {
        "id": make_id(document.genre, document.objet_id, document.le),
        "genre": document.genre,
        "objet_id": document.objet_id,
        "sujet": sujet,
        "sujet_id": document.sujet_id,
        "titre": " ".join(dict.fromkeys(titre.values())),
        "texte": " ".join(dict.fromkeys(texte.values())),
        "reperes": " ".join(
            write_tokens(
                genre=[document.genre],
                theme=document.themes,
                territoire=document.territoires,
                statut=[document.statut],
                annee=[annee],
            )
        ),
        "personnes": document.personnes,
        "themes": " ".join(document.themes),
        "territoires": " ".join(document.territoires),
        "statut": document.statut,
        "annee": annee,
    }


def _learn(words: dict[str, str]) -> None:
    """Add the new words to the vocabulary."""
    known: set[str] = set()
    for some in _slices(sorted(words)):
        known.update(db.session.scalars(select(_MOTS.c.mot).where(_MOTS.c.mot.in_(some))))
    new = sorted(words.keys() - known)
    if not new:
        return
    lignes = [{"mot": mot, "racine": words[mot]} for mot in new]
    db.session.execute(upsert(_MOTS).on_conflict_do_nothing(), lignes)
    variantes = [
        {"variante": variante, "mot": mot}
        for mot in new
        if len(mot) >= SHORTEST and mot.isalpha()
        for variante in sorted(list_variants(mot))
    ]
    if variantes:
        db.session.execute(upsert(_VARIANTES).on_conflict_do_nothing(), variantes)


def _slices(words: Sequence[str], size: int = 500) -> Iterable[Sequence[str]]:
    return (words[rank : rank + size] for rank in range(0, len(words), size))
