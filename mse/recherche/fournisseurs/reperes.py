"""Repères in force."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import ColumnElement, exists, select

from mse.annuaire.models import Acteur
from mse.core.database import is_state
from mse.core.events import Event
from mse.extensions import db
from mse.masquage.events import TextesChanges
from mse.recherche.fournisseurs import Document, Provider, Subject, Trouve
from mse.recherche.fournisseurs.lieux import list_lignees
from mse.recherche.models import Genre, Sujet
from mse.reperes.api import StatutRepere
from mse.reperes.events import EvenementDeRepere, RepereRemplace, RepereRetire
from mse.reperes.models import Repere
from mse.reperes.queries.lieux import get_noms

_R = Repere.__table__.c
_PUBLIE = is_state(_R.statut, StatutRepere.PUBLIE)


def is_visible(repere_id: ColumnElement[int]) -> ColumnElement[bool]:
    """The repère is published, neither replaced nor withdrawn."""
    return exists().where(_R.id == repere_id, _PUBLIE)


def list_ids(after: int, limit: int) -> Sequence[int]:
    query = select(_R.id).where(_R.id > after, _PUBLIE).order_by(_R.id).limit(limit)
    return db.session.scalars(query).all()


def list_touched(event: Event) -> Iterable[int]:
    if isinstance(event, TextesChanges) and event.sujet == Sujet.REPERE:
        yield event.page_id
    if isinstance(event, EvenementDeRepere):
        yield event.repere_id


def build(ids: Sequence[int]) -> Iterable[Document]:
    query = select(_R.id, _R.titre, _R.texte_html, _R.base, _R.publie_le, _R.themes, _R.territoires)
    for un in db.session.execute(query.where(_R.id.in_(ids), _PUBLIE)):
        yield Document(
            genre=Genre.REPERE,
            objet_id=un.id,
            sujet_id=un.id,
            titre=un.titre,
            textes=(un.texte_html, un.base),
            le=un.publie_le,
            themes=un.themes,
            territoires=list_lignees(un.territoires),
        )


def load(ids: Sequence[int]) -> Mapping[int, Trouve]:
    query = (
        select(
            _R.id,
            _R.titre,
            _R.texte_html,
            _R.publie_le,
            _R.themes,
            _R.territoires,
            Acteur.nom.label("acteur"),
        )
        .outerjoin(Acteur, Acteur.id == _R.acteur_id)
        .where(_R.id.in_(ids), _PUBLIE)
    )
    noms = get_noms()
    return {
        un.id: Trouve(
            sujet_id=un.id,
            titre=un.titre,
            textes=(un.texte_html,),
            theme=", ".join(noms.themes.get(code, code) for code in un.themes),
            territoire=", ".join(noms.territoires.get(code, code) for code in un.territoires),
            responsable=un.acteur,
            le=un.publie_le,
        )
        for un in db.session.execute(query)
    }


SUBJECT = Subject(
    sujet=Sujet.REPERE,
    ids=list_ids,
    touched=list_touched,
    hiding=(RepereRemplace, RepereRetire),
    rewriting=(TextesChanges,),
)
PROVIDERS = (
    Provider(genre=Genre.REPERE, sujet=Sujet.REPERE, visible=is_visible, documents=build, load=load),
)
