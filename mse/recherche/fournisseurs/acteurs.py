"""Acteurs, by their name and by what they are responsible for."""

from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup
from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import joinedload, selectinload

from mse.annuaire.events import (
    ActeurActualise,
    ActeurCree,
    ActeurFerme,
    ActeurModifie,
    ActeurRouvert,
    CompetenceCreee,
    CompetenceRetiree,
)
from mse.annuaire.models import Acteur, Competence
from mse.core.events import Event
from mse.extensions import db
from mse.recherche.fournisseurs import Document, Provider, Subject, Trouve
from mse.recherche.fournisseurs.lieux import list_lignees
from mse.recherche.models import Genre, Sujet

_A = Acteur.__table__.c
_OUVERT = _A.ferme_le.is_(None)


def is_visible(acteur_id: ColumnElement[int]) -> ColumnElement[bool]:
    """The acteur is open, as in the directory."""
    return exists().where(_A.id == acteur_id, _OUVERT)


def list_ids(after: int, limit: int) -> Sequence[int]:
    query = select(_A.id).where(_A.id > after, _OUVERT).order_by(_A.id).limit(limit)
    return db.session.scalars(query).all()


def list_touched(event: Event) -> Iterable[int]:
    match event:
        case (
            ActeurCree()
            | ActeurActualise()
            | ActeurModifie()
            | ActeurFerme()
            | ActeurRouvert()
            | CompetenceRetiree()
        ):
            yield event.acteur_id
        case CompetenceCreee():
            yield db.session.get_one(Competence, event.competence_id).acteur_id


def build(ids: Sequence[int]) -> Iterable[Document]:
    for acteur in _list_acteurs(ids):
        competences = acteur.competences
        yield Document(
            genre=Genre.ACTEUR,
            objet_id=acteur.id,
            sujet_id=acteur.id,
            titre=acteur.nom,
            textes=[_describe(acteur)],
            mots=_list_mots(acteur),
            themes=list(dict.fromkeys(une.theme_code for une in competences if une.theme_code)),
            territoires=list_lignees([acteur.territoire_code, *(une.territoire_code for une in competences)]),
        )


def load(ids: Sequence[int]) -> Mapping[int, Trouve]:
    return {
        acteur.id: Trouve(
            sujet_id=acteur.id,
            titre=acteur.nom,
            textes=[_describe(acteur)],
            territoire=acteur.territoire.nom if acteur.territoire else None,
        )
        for acteur in _list_acteurs(ids)
    }


def _list_acteurs(ids: Sequence[int]) -> Sequence[Acteur]:
    query = (
        select(Acteur)
        .options(
            joinedload(Acteur.territoire),
            joinedload(Acteur.commune),
            selectinload(Acteur.competences).joinedload(Competence.theme),
        )
        .where(_A.id.in_(ids), _OUVERT)
    )
    return db.session.scalars(query).all()


def _list_mots(acteur: Acteur) -> list[str]:
    """Return what finds the acteur besides: its SIRET and its postcodes."""
    codes = acteur.commune.codes_postaux if acteur.commune else ""
    return [mot for mot in (acteur.siret, codes, acteur.territoire.nom if acteur.territoire else "") if mot]


def _describe(acteur: Acteur) -> str:
    """Return the thèmes and the commune of an acteur, as HTML: nothing that its page does not show."""
    themes = dict.fromkeys(une.theme.libelle for une in acteur.competences if une.theme)
    mots = [", ".join(themes), acteur.commune.nom if acteur.commune else ""]
    return str(Markup(" · ").join(mot for mot in mots if mot))


SUBJECT = Subject(sujet=Sujet.ACTEUR, ids=list_ids, touched=list_touched, hiding=(ActeurFerme,))
PROVIDERS = (
    Provider(genre=Genre.ACTEUR, sujet=Sujet.ACTEUR, visible=is_visible, documents=build, load=load),
)
