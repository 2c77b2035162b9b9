"""Words of the leaving delegates."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from mse.comptes.models import Compte
from mse.core.clock import today
from mse.extensions import db
from mse.passation.models import MotDePassation
from mse.representation.models import Mandat, Promotion

_MOTS = 50


def get_mon_mot(compte: Compte, promotion: Promotion) -> MotDePassation | None:
    query = select(MotDePassation).where(
        MotDePassation.promotion_id == promotion.id, MotDePassation.auteur_id == compte.id
    )
    return db.session.scalar(query)


def list_mots_laisses(compte: Compte, promotions: Collection[int]) -> Sequence[MotDePassation]:
    """Return the words that the predecessors of `compte` left in these promotions, newest first: authors who
    have no current mandat in that promotion."""
    encore = (
        select(Mandat.id)
        .join(Promotion, Promotion.id == Mandat.promotion_id)
        .where(
            Mandat.promotion_id == MotDePassation.promotion_id,
            Mandat.compte_id == MotDePassation.auteur_id,
            func.coalesce(Mandat.fin, Promotion.fin) >= today(),
        )
        .exists()
    )
    query = (
        select(MotDePassation)
        .where(MotDePassation.promotion_id.in_(promotions), MotDePassation.auteur_id != compte.id, ~encore)
        .options(joinedload(MotDePassation.auteur))
        .order_by(MotDePassation.ecrit_le.desc(), MotDePassation.id.desc())
    )
    return db.session.scalars(query.limit(_MOTS)).all()


def list_mots_a_oublier(avant: datetime, count: int) -> Sequence[MotDePassation]:
    query = select(MotDePassation).where(MotDePassation.ecrit_le < avant)
    return db.session.scalars(query.order_by(MotDePassation.ecrit_le).limit(count)).all()
