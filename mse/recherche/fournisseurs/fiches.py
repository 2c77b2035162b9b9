"""Fiches and the public answers that their owners gave."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Row,
    Select,
    bindparam,
    exists,
    func,
    literal_column,
    select,
)

from mse.annuaire.models import Acteur, Territoire, Theme
from mse.core.database import is_state
from mse.core.events import Event
from mse.extensions import db
from mse.fiches.api import EN_DETAIL, NatureEtape, Publication
from mse.fiches.events import (
    EtapeMasquee,
    EvenementDeFiche,
    EvenementDeSaisine,
    FichePubliee,
    FicheRetiree,
)
from mse.fiches.models import Etape, Fiche, FicheTerritoire, Saisine
from mse.fiches.queries.listes import PERSONNES
from mse.masquage.events import TextesChanges
from mse.recherche.fournisseurs import Document, Provider, Subject, Trouve
from mse.recherche.models import Genre, Sujet
from mse.soutiens.events import EvenementDeSoutien

REPONSES = (*sorted(EN_DETAIL), NatureEtape.ABANDON)  # étapes that answer a fiche

_F, _E = Fiche.__table__.c, Etape.__table__.c
_ACTEURS, _SAISINES = Acteur.__table__, Saisine.__table__
_THEMES, _TERRITOIRES = Theme.__table__, Territoire.__table__
_LIEU = _THEMES.c.libelle.label("theme"), _TERRITOIRES.c.nom.label("territoire")
_PUBLIEE = is_state(_F.publication, Publication.PUBLIEE)
_SEULE = _F.reunie_a_id.is_(None)  # a merged fiche is found by its main one; its answers are found
_REPOND = (_E.nature.in_(REPONSES), _E.masquee_le.is_(None), _E.texte_html.is_not(None))


def _place(query: Select[Any]) -> Select[Any]:
    """Join the thème and the territoire of a fiche, which `_LIEU` reads."""
    return query.join(_THEMES, _THEMES.c.code == _F.theme_code).join(
        _TERRITOIRES, _TERRITOIRES.c.code == _F.territoire_code
    )


def is_visible(fiche_id: ColumnElement[int]) -> ColumnElement[bool]:
    """The fiche is published, and not merged into another one."""
    return exists().where(_F.id == fiche_id, _PUBLIEE, _SEULE)


def is_answer_visible(etape_id: ColumnElement[int]) -> ColumnElement[bool]:
    """The étape is an answer that is not hidden, on a published fiche."""
    return exists().where(_E.id == etape_id, _F.id == _E.fiche_id, _PUBLIEE, *_REPOND)


def list_ids(after: int, limit: int) -> Sequence[int]:
    query = select(_F.id).where(_F.id > after, _PUBLIEE).order_by(_F.id).limit(limit)
    return db.session.scalars(query).all()


def list_touched(event: Event) -> Iterable[int]:
    if isinstance(event, TextesChanges) and event.sujet == Sujet.FICHE:
        yield event.page_id
    if isinstance(event, FichePubliee | FicheRetiree | EvenementDeFiche | EvenementDeSoutien):
        yield event.fiche_id
    elif isinstance(event, EvenementDeSaisine):
        yield db.session.get_one(Saisine, event.saisine_id).fiche_id
    elif isinstance(event, EtapeMasquee):
        yield db.session.get_one(Etape, event.etape_id).fiche_id


def build_fiches(ids: Sequence[int]) -> Iterable[Document]:
    lieux = _list_territoires(ids)
    query = select(
        _F.id,
        _F.titre,
        _F.probleme_html,
        _F.causes_html,
        _F.consequences_html,
        _F.solution_html,
        _F.deposee_le,
        PERSONNES.label("personnes"),
        _F.theme_code,
        _F.statut,
        *_LIEU,
    )
    for fiche in db.session.execute(_place(query).where(_F.id.in_(ids), _PUBLIEE, _SEULE)):
        yield Document(
            genre=Genre.FICHE,
            objet_id=fiche.id,
            sujet_id=fiche.id,
            titre=fiche.titre,
            textes=(fiche.probleme_html, fiche.causes_html, fiche.consequences_html, fiche.solution_html),
            mots=(fiche.theme, fiche.territoire),
            le=fiche.deposee_le,
            personnes=fiche.personnes or 0,
            themes=[fiche.theme_code],
            territoires=lieux.get(fiche.id, ()),
            statut=fiche.statut,
        )


def build_reponses(ids: Sequence[int]) -> Iterable[Document]:
    """Yield the answers. An étape that repeats the text of the one before, as «réglée» does, is left out."""
    lieux, lus = _list_territoires(ids), set[tuple[int, str]]()
    query = select(
        _E.id,
        _E.fiche_id,
        _E.saisine_id,
        _E.texte_html,
        _E.le,
        _F.effectif_concerne,
        _F.theme_code,
        _F.statut,
        *_LIEU,
    ).join(Fiche.__table__, _F.id == _E.fiche_id)
    query = _place(query).where(_E.fiche_id.in_(ids), _PUBLIEE, *_REPOND).order_by(_E.id)
    for reponse in db.session.execute(query):
        if (texte := (reponse.saisine_id, reponse.texte_html)) in lus:
            continue
        lus.add(texte)
        yield Document(
            genre=Genre.REPONSE,
            objet_id=reponse.id,
            sujet_id=reponse.fiche_id,
            titre="",
            textes=(reponse.texte_html,),
            mots=(reponse.theme, reponse.territoire),
            le=reponse.le,
            personnes=reponse.effectif_concerne or 0,
            themes=[reponse.theme_code],
            territoires=lieux.get(reponse.fiche_id, ()),
            statut=reponse.statut,
        )


def _list_territoires(ids: Sequence[int]) -> Mapping[int, list[str]]:
    """Return the codes under which lists find each fiche."""
    lieux: dict[int, list[str]] = {}
    query = select(FicheTerritoire.fiche_id, FicheTerritoire.territoire_code)
    for fiche_id, code in db.session.execute(query.where(FicheTerritoire.fiche_id.in_(ids))):
        lieux.setdefault(fiche_id, []).append(code)
    return lieux


# Built once, of tables: a search loads no ORM objects.
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
# `+ 0`: PostgreSQL would read the saisines of all fiches in the order of ids.
_PREMIERE = select(func.min(_SAISINES.c.id + literal_column("0"))).where(_SAISINES.c.fiche_id == _F.id)
_PREMIER = (
    select(_ACTEURS.c.nom)
    .join(_SAISINES, _SAISINES.c.acteur_id == _ACTEURS.c.id)
    .where(_SAISINES.c.id == _PREMIERE.correlate(Fiche.__table__).scalar_subquery())
    .correlate(Fiche.__table__)
    .scalar_subquery()
)
_CARTE = (*_LIEU, _F.statut, PERSONNES.label("effectif_concerne"))
_FICHES = _place(
    select(
        _F.id,
        _F.titre,
        _F.probleme_html,
        _F.causes_html,
        _F.consequences_html,
        _F.solution_html,
        _F.deposee_le,
        _PREMIER.label("responsable"),
        *_CARTE,
    )
).where(_PUBLIEE, _SEULE, _F.id.in_(_IDS))
_REPONSES = _place(
    select(
        _E.id,
        _E.fiche_id,
        _E.saisine_id,
        _E.texte_html,
        _E.le,
        _F.titre,
        _ACTEURS.c.nom.label("responsable"),
        *_CARTE,
    )
    .join(Fiche.__table__, _F.id == _E.fiche_id)
    .outerjoin(_ACTEURS, _ACTEURS.c.id == _E.acteur_id)
).where(_PUBLIEE, *_REPOND, _E.id.in_(_IDS))


def load_fiches(ids: Sequence[int]) -> Mapping[int, Trouve]:
    return {
        ligne.id: _show(
            ligne,
            ligne.id,
            (ligne.probleme_html, ligne.causes_html, ligne.consequences_html, ligne.solution_html),
            ligne.deposee_le,
        )
        for ligne in db.session.execute(_FICHES, {"ids": list(ids)})
    }


def load_reponses(ids: Sequence[int]) -> Mapping[int, Trouve]:
    return {
        ligne.id: _show(
            ligne, ligne.fiche_id, (ligne.texte_html,), ligne.le, ancre=f"saisine-{ligne.saisine_id}"
        )
        for ligne in db.session.execute(_REPONSES, {"ids": list(ids)})
    }


def _show(
    ligne: Row[*tuple[Any, ...]], fiche_id: int, textes: Sequence[str], le: Any, ancre: str | None = None
) -> Trouve:
    return Trouve(
        sujet_id=fiche_id,
        titre=ligne.titre,
        textes=textes,
        theme=ligne.theme,
        territoire=ligne.territoire,
        statut=ligne.statut,
        responsable=ligne.responsable,
        le=le,
        personnes=ligne.effectif_concerne,
        ancre=ancre,
    )


SUBJECT = Subject(
    sujet=Sujet.FICHE,
    ids=list_ids,
    touched=list_touched,
    hiding=(FicheRetiree, EtapeMasquee),
    rewriting=(TextesChanges,),
)
PROVIDERS = (
    Provider(
        genre=Genre.FICHE, sujet=Sujet.FICHE, visible=is_visible, documents=build_fiches, load=load_fiches
    ),
    Provider(
        genre=Genre.REPONSE,
        sujet=Sujet.FICHE,
        visible=is_answer_visible,
        documents=build_reponses,
        load=load_reponses,
    ),
)
