"""Elections and mandats of a promotion."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from mse.comptes.models import Compte
from mse.extensions import db
from mse.representation.models import Election, Mandat, Promotion

_PAGE = (
    joinedload(Election.promotion).options(joinedload(Promotion.organisme), joinedload(Promotion.commune)),
    joinedload(Election.titulaire).joinedload(Mandat.compte),
    joinedload(Election.suppleant).joinedload(Mandat.compte),
)


def get_election(compte: Compte | None, election_id: int) -> Election | None:
    """Return an election with everything that its procès-verbal shows."""
    return db.session.get(Election, election_id, options=_PAGE)


def get_election_par_cle(cle: str) -> Election | None:
    return db.session.scalar(select(Election).where(Election.cle == cle))


def list_elections(promotion: Promotion) -> Sequence[Election]:
    """Return the elections of a promotion, newest first, at most 50."""
    return db.session.scalars(
        select(Election)
        .where(Election.promotion_id == promotion.id)
        .order_by(Election.le.desc(), Election.id.desc())
        .limit(50)
    ).all()


def get_bornes_des_votes(promotion: Promotion) -> tuple[date | None, date | None]:
    """Return the days of the first and of the last election or carence; (None, None) without any."""
    premier, dernier = db.session.execute(
        select(func.min(Election.le), func.max(Election.le)).where(Election.promotion_id == promotion.id)
    ).one()
    return premier, dernier


def get_mandat(compte: Compte | None, mandat_id: int) -> Mandat | None:
    return db.session.get(
        Mandat,
        mandat_id,
        options=[joinedload(Mandat.compte), joinedload(Mandat.promotion).joinedload(Promotion.organisme)],
    )
