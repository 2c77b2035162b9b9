"""Queries on requests to become a porteur of an initiative."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import (
    BindParameter,
    Boolean,
    ColumnElement,
    Integer,
    Select,
    and_,
    bindparam,
    exists,
    or_,
    select,
)
from sqlalchemy.orm import joinedload

from mse.annuaire.models import Acteur
from mse.comptes.models import Compte
from mse.core.clock import today
from mse.core.database import is_state
from mse.core.registry import ROWS_MAX
from mse.extensions import db
from mse.initiatives.models import DemandePortage, Initiative, Porteur
from mse.initiatives.workflow import EtatPortage
from mse.representation.api import Lecteur
from mse.representation.models import Promotion


def get_demande(_compte: Compte | None, initiative_id: int, demande_id: int) -> DemandePortage | None:
    """Return the request, whatever its state, if it belongs to this initiative."""
    demande = db.session.get(DemandePortage, demande_id)
    return demande if demande is not None and demande.initiative_id == initiative_id else None


def get_demande_en_attente(initiative_id: int, equipe: Promotion | Acteur) -> DemandePortage | None:
    colonne = DemandePortage.promotion_id if isinstance(equipe, Promotion) else DemandePortage.acteur_id
    return db.session.scalar(
        select(DemandePortage).where(
            DemandePortage.initiative_id == initiative_id,
            colonne == equipe.id,
            DemandePortage.etat == EtatPortage.ATTEND,
        )
    )


def list_demandes(initiative_id: int) -> Sequence[DemandePortage]:
    """Return the pending requests of an initiative, oldest first."""
    d_une_initiative = _pending(DemandePortage.initiative_id == initiative_id).params(le=today())
    return _load(db.session.scalars(d_une_initiative).all())


def select_recues() -> Select[*tuple[Any, ...]]:
    """Select the pending requests that a person may decide, as (item, object) for the registry: both are the
    request. Animateurs decide all; others decide those of the initiatives whose porteurs they are."""
    porteurs = Porteur.__table__
    est_portee = exists().where(
        porteurs.c.initiative_id == _D.c.initiative_id,
        porteurs.c.jusqu_a.is_(None),
        or_(porteurs.c.promotion_id.in_(_ids("delegue_de")), porteurs.c.acteur_id.in_(_ids("acteurs"))),
    )
    return _pending(or_(bindparam("animateur", type_=Boolean), est_portee))


def list_recues(lecteur: Lecteur) -> Sequence[DemandePortage]:
    return _load(db.session.scalars(select_recues(), dict(lecteur.parameters)).all())


def select_faites() -> Select[*tuple[Any, ...]]:
    """Select the pending requests of the person's promotions and organismes, as (item, object) for the
    registry: both are the request."""
    return _pending(or_(_D.c.promotion_id.in_(_ids("promotions")), _D.c.organisme_id.in_(_ids("acteurs"))))


def list_faites(lecteur: Lecteur) -> Sequence[DemandePortage]:
    return _load(db.session.scalars(select_faites(), dict(lecteur.parameters)).all())


def _ids(name: str) -> BindParameter[int]:
    return bindparam(name, expanding=True, type_=Integer)


def _load(ids: Collection[int]) -> Sequence[DemandePortage]:
    """Return these requests, oldest first, with what their lists show. Most people have none."""
    if not ids:
        return []
    return db.session.scalars(
        select(DemandePortage)
        .where(DemandePortage.id.in_(ids))
        .options(
            joinedload(DemandePortage.initiative),
            joinedload(DemandePortage.organisme),
            joinedload(DemandePortage.promotion).joinedload(Promotion.organisme),
        )
        .order_by(DemandePortage.demandee_le, DemandePortage.id)
    ).all()


def _pending(*conditions: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """Select the pending requests: `DemandePortage.attend` in SQL, for the day `le`."""
    query: Select[*tuple[Any, ...]] = select(_D.c.id, _D.c.id.label("demande_id"))
    return (
        query.join(_I, _I.c.id == _D.c.initiative_id)
        .join(_A, _A.c.id == _D.c.organisme_id)
        .outerjoin(_P, _P.c.id == _D.c.promotion_id)
        .where(is_state(_D.c.etat, EtatPortage.ATTEND), _I.c.retiree_le.is_(None), *conditions)
        .where(or_(_P.c.fin >= bindparam("le"), and_(_D.c.promotion_id.is_(None), _A.c.ferme_le.is_(None))))
        .order_by(_D.c.demandee_le, _D.c.id)
        .limit(ROWS_MAX)
    )


_D, _I, _P, _A = DemandePortage.__table__, Initiative.__table__, Promotion.__table__, Acteur.__table__
