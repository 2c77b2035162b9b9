"""Promotions whose handover concerns a person."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from mse.comptes.models import Compte
from mse.core.clock import today
from mse.extensions import db
from mse.passation.policies import APRES_LE_MANDAT
from mse.representation.models import Promotion
from mse.representation.policies import roles_de


def get_promotion(_compte: Compte | None, promotion_id: int) -> Promotion | None:
    query = select(Promotion).where(Promotion.id == promotion_id)
    return db.session.scalar(query.options(joinedload(Promotion.organisme), joinedload(Promotion.commune)))


def list_promotions_de(compte: Compte) -> tuple[Sequence[Promotion], Sequence[Promotion]]:
    """Return the promotions that the person represents, and those that the person left recently, newest
    first."""
    roles = roles_de(compte)
    quittees = {cle for cle, fin in roles.ancien_delegue_de.items() if today() <= fin + APRES_LE_MANDAT}
    query = (
        select(Promotion)
        .where(Promotion.id.in_(roles.promotions | quittees))
        .options(joinedload(Promotion.organisme))
        .order_by(Promotion.debut.desc(), Promotion.id.desc())
        .limit(50)
    )
    toutes = db.session.scalars(query).all()
    presentes = [une for une in toutes if une.id in roles.promotions]
    return presentes, [une for une in toutes if une.id not in roles.promotions]
