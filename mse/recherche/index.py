"""Write the documents of the index, and the vocabulary of their words. Called within a transaction."""

import re
from collections.abc import Collection, Iterable, Sequence
from html import unescape
from typing import Any, TypeVar, cast

from sqlalchemy import ColumnElement, Table, delete, insert, not_, or_, select

from mse.core.clock import local_date
from mse.core.database import is_state, upsert
from mse.extensions import db
from mse.recherche.expressions import write_expression
from mse.recherche.fournisseurs import REGISTRY, Document
from mse.recherche.models import DocumentRecherche, FacettesRecherche, Mot, Sujet, Variante
from mse.recherche.plein_texte import CHERCHES, select_ids
from mse.recherche.racines import list_variants, read_words
from mse.recherche.tokens import MOT, make_id, write_tokens

T = TypeVar("T")

SHORTEST = 4  # letters of a word whose typing mistakes are found
_TAG = re.compile(r"<[^<>]*>")
_DOCUMENTS, _FACETTES, _MOTS, _VARIANTES = (
    cast(Table, model.__table__) for model in (DocumentRecherche, FacettesRecherche, Mot, Variante)
)
_D = _DOCUMENTS.c


def write_subjects(sujet: Sujet, ids: Sequence[int]) -> None:
    """Replace all documents of these subjects."""
    here = _D.sujet == sujet, _D.sujet_id.in_(ids)
    before = _read_stems(db.session.execute(select(_D.titre, _D.texte).where(*here)))
    db.session.execute(delete(_DOCUMENTS).where(*here))
    providers = [provider for provider in REGISTRY.providers.values() if provider.sujet == sujet]
    words: dict[str, str] = {}
    rows = [_write(sujet, document, words) for provider in providers for document in provider.documents(ids)]
    rows.sort(key=_read_document_id)
    for some in _slices(rows):
        db.session.execute(insert(_DOCUMENTS).values([document for document, _facettes in some]))
        db.session.execute(insert(_FACETTES), [facettes for _document, facettes in some])
    _learn(words)
    _unlearn(before.difference(words.values()))


def _read_document_id(row: tuple[dict[str, Any], dict[str, Any]]) -> int:
    """Order of insertion, in few statements: FTS5 writes its pending words to disk and merges them at the end
    of each statement, and before each id that is smaller than the one before."""
    id: int = row[0]["id"]
    return id


def forget_hidden(sujet: Sujet, objet_id: int) -> None:
    """Remove the documents of a subject that are no longer public, and the words that only they held. Called
    in the transaction that hides them."""
    hidden = [
        is_state(_D.genre, provider.genre) & not_(provider.visible(_D.objet_id))
        for provider in REGISTRY.providers.values()
        if provider.sujet == sujet
    ]
    _forget(sujet, objet_id, or_(*hidden))


def forget_all(sujet: Sujet, objet_id: int) -> None:
    """Remove all documents of a subject, and the words that only they held. Called in the transaction that
    changes its texts; the worker indexes the new ones."""
    _forget(sujet, objet_id)


def _forget(sujet: Sujet, objet_id: int, *conditions: ColumnElement[bool]) -> None:
    query = select(_D.id, _D.titre, _D.texte).where(_D.sujet == sujet, _D.sujet_id == objet_id, *conditions)
    lignes = db.session.execute(query).all()
    if lignes:
        db.session.execute(delete(_DOCUMENTS).where(_D.id.in_([ligne.id for ligne in lignes])))
        _unlearn(_read_stems(lignes))


def _read_stems(lignes: Iterable[Any]) -> set[str]:
    return {stem for ligne in lignes for stem in f"{ligne.titre} {ligne.texte}".split()}


def _write(sujet: Sujet, document: Document, words: dict[str, str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the rows of a document; its words are added to `words`."""
    titre, texte = read_words(document.titre), dict[str, str]()
    for html in document.textes:
        texte.update(read_words(unescape(_TAG.sub(" ", html))))
    mots = read_words(" ".join(document.mots))
    words.update({**titre, **texte, **mots})
    filtres = " ".join(
        write_tokens(
            genre=[document.genre],
            theme=document.themes,
            territoire=document.territoires,
            statut=[document.statut],
            annee=[local_date(document.le).year if document.le else None],
        )
    )
    id = make_id(document.genre, document.objet_id, document.le)
    stems = {
        "titre": " ".join(dict.fromkeys(titre.values())),
        "texte": " ".join(dict.fromkeys(texte.values())),
    }
    subject = {"sujet": sujet, "sujet_id": document.sujet_id}
    what = {"id": id, "genre": document.genre, "objet_id": document.objet_id}
    return (
        {**what, **subject, **stems, "filtres": " ".join([filtres, *(MOT + stem for stem in mots.values())])},
        {"id": id, "personnes": document.personnes, "filtres": filtres},
    )


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


def _unlearn(stems: Collection[str]) -> None:
    """Remove from the vocabulary the words of these stems that no document holds any more, so that nothing
    suggests a word of a text that is not public."""
    dialect = db.engine.dialect.name
    query = select_ids(dialect, 1).order_by(None)
    gone = [
        stem
        for stem in sorted(stems)
        if db.session.scalar(query, {CHERCHES: _find_stem(dialect, stem)}) is None
    ]
    for some in _slices(gone):
        mots = select(_MOTS.c.mot).where(_MOTS.c.racine.in_(some))
        db.session.execute(delete(_VARIANTES).where(_VARIANTES.c.mot.in_(mots)))
        db.session.execute(delete(_MOTS).where(_MOTS.c.racine.in_(some)))


def _find_stem(dialect: str, stem: str) -> str:
    return write_expression(dialect, [[stem]], [], around=True).expression


def _slices(several: Sequence[T], size: int = 500) -> Iterable[Sequence[T]]:
    return (several[rank : rank + size] for rank in range(0, len(several), size))
