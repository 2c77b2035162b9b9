"""Mandats whose holder takes over from somebody and has not read yet where everything stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Row,
    Select,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from mse.comptes.models import Compte
from mse.core.registry import ROWS_MAX
from mse.extensions import db
from mse.passation.models import Passation
from mse.representation.api import Lecteur
from mse.representation.models import Mandat, Promotion, RoleMandat

NOMS_MAX = 2  # people whom a delegate is told to follow: a seat has one holder at a time

_Avant = aliased(Mandat)


@dataclass(frozen=True, kw_only=True)
class Arrivee:
    """A mandat of the reader, and those whom it follows. `suite_de`: title of the promotion that the
    reader's promotion continues."""

    mandat_id: int
    promotion_id: int
    promotion: str
    prenoms: Sequence[str]
    suite_de: str | None


def _follows(le: Any) -> ColumnElement[bool]:
    """SQL condition: `_Avant` has ended, and `Mandat` follows it in the same promotion: it began when that
    one ended or later, or it is the suppléant whom a titulaire has left alone."""
    remplace = and_(_Avant.role == RoleMandat.TITULAIRE, Mandat.role == RoleMandat.SUPPLEANT)
    return and_(
        _Avant.promotion_id == Mandat.promotion_id,
        _Avant.compte_id != Mandat.compte_id,
        _Avant.fin < le,
        or_(_Avant.fin <= Mandat.debut, remplace),
    )


def select_arrivees() -> Select[*tuple[Any, ...]]:
    """Select the current mandats of the reader that follow a departure, or whose promotion continues another
    one, and whose holder has not read the handover since, as (mandat, promotion) for the registry."""
    le = bindparam("le", type_=Date)
    vue = exists().where(Passation.mandat_id == Mandat.id)
    vue_depuis = exists().where(Passation.mandat_id == Mandat.id, Passation.vue_le > _Avant.fin)
    query: Select[*tuple[Any, ...]] = select(Mandat.id, Mandat.promotion_id)
    return query.join(Promotion, Promotion.id == Mandat.promotion_id).where(
        Mandat.compte_id == bindparam("compte", type_=Integer),
        Mandat.debut <= le,
        func.coalesce(Mandat.fin, Promotion.fin) >= le,
        or_(
            and_(Promotion.succede_a_id.is_not(None), ~vue),
            exists().where(_follows(le), ~vue_depuis),
        ),
    )


def list_arrivees(lecteur: Lecteur) -> list[Arrivee]:
    """Return these mandats, oldest first, with the first names of those whom each follows."""
    avant = aliased(Promotion)
    query = (
        select_arrivees()
        .add_columns(Promotion.titre, avant.titre.label("suite_de"))
        .outerjoin(avant, avant.id == Promotion.succede_a_id)
        .order_by(Mandat.debut, Mandat.id)
        .limit(ROWS_MAX)
    )
    rows = db.session.execute(query, dict(lecteur.parameters)).all()
    prenoms = _map_prenoms([row.id for row in rows], lecteur.le)
    return [
        Arrivee(
            mandat_id=row.id,
            promotion_id=row.promotion_id,
            promotion=row.titre,
            prenoms=prenoms.get(row.id, ()),
            suite_de=row.suite_de,
        )
        for row in rows
    ]


def _map_prenoms(mandats: Sequence[int], le: date) -> dict[int, list[str]]:
    """Return the first names of those whom each mandat follows, at most `NOMS_MAX`, latest departure
    first."""
    query = (
        select(Mandat.id, Compte.prenom)
        .join(_Avant, _follows(le))
        .join(Compte, Compte.id == _Avant.compte_id)
        .where(Mandat.id.in_(mandats))
        .order_by(_Avant.fin.desc(), _Avant.id.desc())
        .limit(ROWS_MAX)
    )
    prenoms: dict[int, list[str]] = {}
    for mandat_id, prenom in db.session.execute(query) if mandats else ():
        prenoms.setdefault(mandat_id, []).append(prenom)
    return {cle: list(dict.fromkeys(noms))[:NOMS_MAX] for cle, noms in prenoms.items()}


def list_mandats_en_cours(compte_id: int, promotions: Sequence[int], *, le: date) -> Sequence[int]:
    """Return the ids of the current mandats of an account in these promotions."""
    query = (
        select(Mandat.id)
        .join(Promotion, Promotion.id == Mandat.promotion_id)
        .where(
            Mandat.compte_id == compte_id,
            Mandat.promotion_id.in_(promotions),
            Mandat.debut <= le,
            func.coalesce(Mandat.fin, Promotion.fin) >= le,
        )
        .order_by(Mandat.id)
    )
    return db.session.scalars(query).all()


def list_delegues(promotions: Sequence[int]) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return who has represented these promotions, latest first: first name, role, first and last day,
    promotion."""
    query = (
        select(
            Mandat.promotion_id,
            Compte.prenom,
            Mandat.role,
            Mandat.debut,
            func.coalesce(Mandat.fin, Promotion.fin).label("fin"),
        )
        .join(Compte, Compte.id == Mandat.compte_id)
        .join(Promotion, Promotion.id == Mandat.promotion_id)
        .where(Mandat.promotion_id.in_(promotions))
        .order_by(Mandat.debut.desc(), Mandat.id.desc())
        .limit(ROWS_MAX)
    )
    return db.session.execute(query).all()


def est_a_lire(compte: Compte, promotion: Promotion, *, le: date) -> bool:
    """True if the person follows somebody in this promotion and has not read the file since."""
    query = select_arrivees().where(Mandat.promotion_id == promotion.id).limit(1)
    return db.session.execute(query, {"compte": compte.id, "le": le}).first() is not None
