"""The texts of a page and of the pages that copy it, and the passages masked there."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from mse.comptes.models import Compte
from mse.extensions import db
from mse.fiches.models import PARTIES, Avis, Etape, Fiche, Saisine
from mse.fiches.queries.groupes import list_groupe
from mse.fiches.queries.pages import get_fiche
from mse.initiatives.models import Initiative, LigneInitiative
from mse.initiatives.queries import get_initiative
from mse.masquage.models import Original, Passage
from mse.masquage.passages import compile_mots, mask
from mse.masquage.workflow import Sujet
from mse.reperes.models import Repere, RepereFiche, VersionRepere
from mse.reperes.queries.pages import get_repere

_READERS: Mapping[Sujet, Callable[..., Any]] = {
    Sujet.FICHE: get_fiche,
    Sujet.INITIATIVE: get_initiative,
    Sujet.REPERE: get_repere,
}
_DU_REPERE = ("titre", "texte", "base")
CHAMPS: Mapping[type[Any], Sequence[str]] = {
    Fiche: ("titre", *PARTIES),
    Etape: ("texte",),
    Avis: ("commentaire",),
    Initiative: ("titre", "description", "besoins"),
    LigneInitiative: ("texte",),
    Repere: _DU_REPERE,
    VersionRepere: _DU_REPERE,
}
_MODELES: Mapping[str, type[Any]] = {model.__tablename__: model for model in CHAMPS}
_PAGES = {Fiche: Sujet.FICHE, Initiative: Sujet.INITIATIVE, Repere: Sujet.REPERE}
_MODELE_DE: Mapping[Sujet, type[Any]] = {sujet: model for model, sujet in _PAGES.items()}


@dataclass(frozen=True, kw_only=True)
class Trouvaille:
    """A text that holds the words. `mots`: as they are written in it. `sujet`, `page_id`: the page that
    shows it."""

    sujet: Sujet
    page_id: int
    ligne: Any
    champ: str
    avant: str
    apres: str
    mots: Sequence[str]


def get_page(compte: Compte | None, sujet: Sujet, **ids: int) -> Any | None:
    """Return the fiche, the initiative or the repère that this person may read. `ids`: its id."""
    return _READERS[sujet](compte, *ids.values())


def get_titre(sujet: Sujet, page_id: int) -> str:
    titre: str = db.session.get_one(_MODELE_DE[sujet], page_id).titre
    return titre


def get_passage(compte: Compte | None, passage_id: int) -> Passage | None:
    """Return a decision on a page that this person may read."""
    passage = db.session.get(Passage, passage_id)
    return (
        passage if passage is not None and get_page(compte, passage.sujet, page_id=passage.page_id) else None
    )


def list_passages(sujet: Sujet, page_id: int) -> Sequence[Passage]:
    """Return the last decisions on a page, with the originals."""
    query = select(Passage).where(Passage.sujet == sujet, Passage.page_id == page_id)
    return db.session.scalars(
        query.options(selectinload(Passage.originaux), selectinload(Passage.par))
        .order_by(Passage.id.desc())
        .limit(50)
    ).all()


def find_mots(sujet: Sujet, page_id: int, mots: str, *, locked: bool = False) -> list[Trouvaille]:
    """Return the texts that hold these words, on the page and on those that copy it.

    `locked`: lock the rows and read them again, within a use case.
    """
    pattern, trouvailles = compile_mots(mots), []
    for ligne in _list_lignes(sujet, page_id, locked=locked):
        genre, ident = page_of(ligne)
        for champ in CHAMPS[type(ligne)]:
            avant = getattr(ligne, champ) or ""
            apres, vus = mask(avant, pattern, longest=_longest(ligne, champ))
            if vus:
                une = Trouvaille(
                    sujet=genre, page_id=ident, ligne=ligne, champ=champ, avant=avant, apres=apres, mots=vus
                )
                trouvailles.append(une)
    return trouvailles


@dataclass(frozen=True, kw_only=True)
class Masque:
    """A row that holds a masked text. `attendu`: its text if nothing has changed it since."""

    original: Original
    ligne: Any
    sujet: Sujet
    page_id: int
    attendu: str


def find_originaux(passage: Passage) -> list[Masque]:
    """Return the rows that the decision has changed, locked. Call within a use case."""
    pattern, masques = compile_mots(passage.mots or ""), []
    for original in passage.originaux:
        ligne = get_ligne(original, locked=True)
        genre, ident = page_of(ligne)
        attendu, _mots = mask(original.texte, pattern, longest=_longest(ligne, original.champ))
        masques.append(Masque(original=original, ligne=ligne, sujet=genre, page_id=ident, attendu=attendu))
    return masques


def get_ligne(original: Original, *, locked: bool = False) -> Any:
    """Return the row that held this text."""
    [ligne] = _load(_MODELES[original.table], "id", [original.ligne_id], locked=locked)
    return ligne


def _longest(ligne: Any, champ: str) -> int | None:
    longest: int | None = getattr(type(ligne), champ).type.length
    return longest


def page_of(ligne: Any) -> tuple[Sujet, int]:
    """Return the kind and the id of the page that shows a row."""
    if isinstance(ligne, Fiche | Initiative | Repere):
        return _PAGES[type(ligne)], ligne.id
    if isinstance(ligne, LigneInitiative):
        return Sujet.INITIATIVE, ligne.initiative_id
    if isinstance(ligne, VersionRepere):
        return Sujet.REPERE, ligne.repere_id
    if isinstance(ligne, Avis):
        return Sujet.FICHE, db.session.get_one(Saisine, ligne.saisine_id).fiche_id
    return Sujet.FICHE, ligne.fiche_id


def get_page_of(ligne: Any) -> Any:
    """Return the fiche, the initiative or the repère that shows a row."""
    sujet, ident = page_of(ligne)
    return db.session.get_one(_MODELE_DE[sujet], ident)


def _list_lignes(sujet: Sujet, page_id: int, *, locked: bool) -> list[Any]:
    """Return the rows whose texts the page shows, and those of the pages that copy it."""
    fiches = _list_fiches(sujet, page_id)
    saisines = db.session.scalars(select(Saisine.id).where(Saisine.fiche_id.in_(fiches))).all()
    reperes = set(db.session.scalars(select(RepereFiche.repere_id).where(RepereFiche.fiche_id.in_(fiches))))
    initiatives = [page_id] if sujet == Sujet.INITIATIVE else []
    if sujet == Sujet.REPERE:
        reperes.add(page_id)
    return [
        *_load(Fiche, "id", fiches, locked=locked),
        *_load(Etape, "fiche_id", fiches, locked=locked),
        *_load(Avis, "saisine_id", saisines, locked=locked),
        *_load(Initiative, "id", initiatives, locked=locked),
        *_load(LigneInitiative, "initiative_id", initiatives, locked=locked),
        *_load(Repere, "id", reperes, locked=locked),
        *_load(VersionRepere, "repere_id", reperes, locked=locked),
    ]


def _list_fiches(sujet: Sujet, page_id: int) -> list[int]:
    """Return the fiche with those merged with it; for a repère, the fiche whose answer it comes from."""
    if sujet == Sujet.FICHE:
        fiche = db.session.get(Fiche, page_id)
    elif sujet == Sujet.REPERE:
        origine = RepereFiche.repere_id == page_id, RepereFiche.etape_id.is_not(None)
        fiche = db.session.scalar(select(Fiche).join(RepereFiche).where(*origine))
    else:
        fiche = None
    return list_groupe(fiche) if fiche is not None else []


def _load(model: type[Any], colonne: str, ids: Collection[int], *, locked: bool) -> Sequence[Any]:
    """Return the rows of the model whose column is one of `ids`; no query without ids."""
    if not ids:
        return []
    query = select(model).where(getattr(model, colonne).in_(ids)).order_by(model.id)
    if locked:
        query = query.with_for_update().execution_options(populate_existing=True)
    return db.session.scalars(query).all()
