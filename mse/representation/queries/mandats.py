"""Queries on mandats: the delegates of a promotion."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload
from sqlalchemy.sql.base import ExecutableOption

from mse.comptes.models import Compte
from mse.extensions import db
from mse.representation.models import Mandat, Promotion


def load_mandats() -> Sequence[ExecutableOption]:
    """Return the loader option that reads the mandats with a compte: see `policies.roles_de`."""
    return [joinedload(Compte.mandats)]  # type: ignore[attr-defined]  # a backref


def list_comptes_lies(comptes: Collection[int], organismes: Collection[int]) -> Sequence[int]:
    """Return the ids of those comptes that are or were delegates of a promotion of one of these
    organismes."""
    query = select(Mandat.compte_id).join(Promotion, Promotion.id == Mandat.promotion_id)
    query = query.where(Mandat.compte_id.in_(comptes), Promotion.organisme_id.in_(organismes))
    return db.session.scalars(query).all()


def list_mandats_de(compte: Compte, *, le: date) -> Sequence[Mandat]:
    """Return mandats not ended on the day `le`."""
    return db.session.scalars(
        select(Mandat)
        .join(Promotion, Promotion.id == Mandat.promotion_id)
        .where(Mandat.compte_id == compte.id, func.coalesce(Mandat.fin, Promotion.fin) >= le)
    ).all()


def list_mandats_ouverts(promotion: Promotion, *, le: date) -> Sequence[Mandat]:
    """Return mandats of the promotion not ended on the day `le`, that is, the seats taken."""
    return db.session.scalars(
        select(Mandat)
        .join(Promotion, Promotion.id == Mandat.promotion_id)
        .where(Mandat.promotion_id == promotion.id, func.coalesce(Mandat.fin, Promotion.fin) >= le)
    ).all()
