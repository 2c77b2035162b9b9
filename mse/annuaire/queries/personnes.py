"""Who works for an acteur, who speaks for a promotion."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import joinedload
from sqlalchemy.sql.base import ExecutableOption

from mse.annuaire.models import Acteur, Appartenance, Mandat, Promotion
from mse.comptes.models import Compte
from mse.extensions import db


def load_roles() -> Sequence[ExecutableOption]:
    """With a compte, what its roles follow from (`policies.roles_de`)."""
    return [joinedload(getattr(Compte, backref)) for backref in ("appartenances", "mandats")]


def acteurs_sans_compte(ids: Collection[int], *, le: date) -> set[int]:
    """Those that nobody works for that day with an open compte: they «n’ont pas encore de compte»."""
    return set(ids) - set(
        db.session.scalars(
            select(Appartenance.acteur_id)
            .join(Appartenance.compte)
            .where(Appartenance.acteur_id.in_(ids), Compte.ferme_le.is_(None))
            .where(Appartenance.debut <= le, _not_ended(le))
        )
    )


def get_appartenance(compte: Compte, acteur: Acteur, *, le: date) -> Appartenance | None:
    """The one not ended on that day."""
    return db.session.scalar(
        select(Appartenance).where(
            Appartenance.compte_id == compte.id,
            Appartenance.acteur_id == acteur.id,
            _not_ended(le),
        )
    )


def list_mandats_ouverts(promotion: Promotion, *, le: date) -> Sequence[Mandat]:
    """The mandats not ended on that day: the seats taken."""
    return db.session.scalars(
        select(Mandat)
        .join(Promotion, Promotion.id == Mandat.promotion_id)
        .where(Mandat.promotion_id == promotion.id, func.coalesce(Mandat.fin, Promotion.fin) >= le)
    ).all()


def _not_ended(le: date) -> ColumnElement[bool]:
    return or_(Appartenance.fin.is_(None), Appartenance.fin >= le)
