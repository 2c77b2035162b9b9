"""Initiatives."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, select

from mse.annuaire.models import Territoire, Theme
from mse.core.events import Event
from mse.extensions import db
from mse.initiatives.events import EvenementInitiative, InitiativeRetiree
from mse.initiatives.models import Initiative
from mse.masquage.events import TextesChanges
from mse.recherche.fournisseurs import Document, Provider, Subject, Trouve
from mse.recherche.fournisseurs.lieux import list_lignees
from mse.recherche.models import Genre, Sujet

STATUT = "initiative_"  # prefix of a status, which some fiches have too

_I = Initiative.__table__.c
_LIEU = Theme.libelle.label("theme"), Territoire.nom.label("territoire")
_PUBLIQUE = _I.retiree_le.is_(None)


def _place(query: Select[Any]) -> Select[Any]:
    """Join the thème and the territoire of an initiative, which `_LIEU` reads."""
    return query.join(Theme, Theme.code == _I.theme_code).join(
        Territoire, Territoire.code == _I.territoire_code
    )


def is_visible(initiative_id: ColumnElement[int]) -> ColumnElement[bool]:
    """The initiative is not withdrawn."""
    return exists().where(_I.id == initiative_id, _PUBLIQUE)


def list_ids(after: int, limit: int) -> Sequence[int]:
    query = select(_I.id).where(_I.id > after, _PUBLIQUE).order_by(_I.id).limit(limit)
    return db.session.scalars(query).all()


def list_touched(event: Event) -> Iterable[int]:
    if isinstance(event, TextesChanges) and event.sujet == Sujet.INITIATIVE:
        yield event.page_id
    if isinstance(event, EvenementInitiative):
        yield event.initiative_id


def build(ids: Sequence[int]) -> Iterable[Document]:
    query = select(
        _I.id,
        _I.titre,
        _I.description_html,
        _I.besoins_html,
        _I.proposee_le,
        _I.nombre_participants,
        _I.theme_code,
        _I.territoire_code,
        _I.statut,
        *_LIEU,
    )
    for une in db.session.execute(_place(query).where(_I.id.in_(ids), _PUBLIQUE)):
        yield Document(
            genre=Genre.INITIATIVE,
            objet_id=une.id,
            sujet_id=une.id,
            titre=une.titre,
            textes=(une.description_html, une.besoins_html or ""),
            mots=(une.theme, une.territoire),
            le=une.proposee_le,
            personnes=une.nombre_participants,
            themes=[une.theme_code],
            territoires=list_lignees([une.territoire_code]),
            statut=STATUT + une.statut,
        )


def load(ids: Sequence[int]) -> Mapping[int, Trouve]:
    query = _place(
        select(_I.id, _I.titre, _I.description_html, _I.besoins_html, _I.proposee_le, _I.statut, *_LIEU)
    ).where(_I.id.in_(ids), _PUBLIQUE)
    return {
        une.id: Trouve(
            sujet_id=une.id,
            titre=une.titre,
            textes=(une.description_html, une.besoins_html or ""),
            theme=une.theme,
            territoire=une.territoire,
            statut=STATUT + une.statut,
            le=une.proposee_le,
        )
        for une in db.session.execute(query)
    }


SUBJECT = Subject(
    sujet=Sujet.INITIATIVE,
    ids=list_ids,
    touched=list_touched,
    hiding=(InitiativeRetiree,),
    rewriting=(TextesChanges,),
)
PROVIDERS = (
    Provider(genre=Genre.INITIATIVE, sujet=Sujet.INITIATIVE, visible=is_visible, documents=build, load=load),
)
