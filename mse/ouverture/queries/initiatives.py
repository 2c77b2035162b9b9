"""Public initiatives."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Integer, Row, bindparam, select
from sqlalchemy.orm import aliased

from mse.annuaire.models import Acteur, Territoire, Theme
from mse.core.database import is_state
from mse.core.pagination import Cursor, Page
from mse.extensions import db
from mse.fiches.api import Publication
from mse.fiches.models import Fiche
from mse.initiatives.models import Initiative, InitiativeFiche, LigneInitiative, Porteur
from mse.initiatives.queries import Filtres, list_initiatives
from mse.representation.models import Promotion, designer

Ligne = Row[*tuple[Any, ...]]

_I, _L = Initiative.__table__.c, LigneInitiative.__table__.c
_Organisme = aliased(Acteur)
_IDS = bindparam("ids", expanding=True, type_=Integer)
_INITIATIVES = (
    select(
        *(_I.id, _I.titre, _I.description, _I.besoins, _I.theme_code, _I.territoire_code, _I.statut),
        *(_I.proposee_le, _I.activite_le, _I.nombre_participants),
        Theme.libelle.label("theme"),
        Territoire.nom.label("territoire"),
    )
    .select_from(Initiative)
    .join(Theme, Theme.code == _I.theme_code)
    .join(Territoire, Territoire.code == _I.territoire_code)
    .where(_I.id.in_(_IDS), _I.retiree_le.is_(None))
)
_PORTEURS = (
    select(Porteur.initiative_id, Promotion.titre, Promotion.effectif, _Organisme.nom)
    .join(_Organisme, _Organisme.id == Porteur.organisme_id)
    .outerjoin(Promotion, Promotion.id == Porteur.promotion_id)
    .where(Porteur.initiative_id.in_(_IDS), Porteur.jusqu_a.is_(None))
    .order_by(Porteur.id)
)
_LIEES = (
    select(InitiativeFiche.initiative_id, InitiativeFiche.fiche_id)
    .join(Fiche, Fiche.id == InitiativeFiche.fiche_id)
    .where(InitiativeFiche.initiative_id.in_(_IDS), is_state(Fiche.publication, Publication.PUBLIEE))
    .order_by(InitiativeFiche.fiche_id)
)
_LIGNES = (
    select(_L.id, _L.le, _L.statut, _L.texte, _L.masquee_le, _L.masquee_motif)
    .where(_L.initiative_id == bindparam("initiative_id"))
    .order_by(_L.id)
)


@dataclass(frozen=True)
class Lecture:
    """A public initiative, the public names of its porteurs and the ids of the fiches that it answers."""

    initiative: Ligne
    porteurs: Sequence[str]
    fiches: Sequence[int]


def list_lectures(filtres: Filtres, after: Cursor | None, size: int) -> Page[Lecture]:
    """Return a page of the public list, most recently active first."""
    page = list_initiatives(filtres, after, size)
    lues = map_lectures([row.id for row in page.rows])
    return Page([lues[row.id] for row in page.rows if row.id in lues], page.next)


def map_lectures(ids: Collection[int]) -> Mapping[int, Lecture]:
    """Return the public initiatives among these, by id."""
    porteurs: defaultdict[int, list[str]] = defaultdict(list)
    for row in db.session.execute(_PORTEURS, {"ids": ids}):
        nom = row.nom if row.titre is None else designer(row.titre, row.effectif, row.nom)
        porteurs[row.initiative_id].append(nom)
    fiches: defaultdict[int, list[int]] = defaultdict(list)
    for initiative_id, fiche_id in db.session.execute(_LIEES, {"ids": ids}):
        fiches[initiative_id].append(fiche_id)
    lues = db.session.execute(_INITIATIVES, {"ids": ids})
    return {row.id: Lecture(row, porteurs[row.id], fiches[row.id]) for row in lues}


def is_withdrawn(initiative_id: int) -> bool:
    query = select(_I.id).where(_I.id == initiative_id, _I.retiree_le.is_not(None))
    return db.session.scalar(query) is not None


def list_lignes(initiative_id: int) -> Sequence[Ligne]:
    """Return the history, oldest line first. The caller has checked that the initiative is public."""
    return db.session.execute(_LIGNES, {"initiative_id": initiative_id}).all()
