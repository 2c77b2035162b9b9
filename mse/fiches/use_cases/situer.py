"""A fiche that was never public lies where its promotion is: once filed, its place is a fact."""

from sqlalchemy import update

from mse.annuaire.events import PromotionModifiee
from mse.annuaire.models import Promotion
from mse.core.events import on
from mse.extensions import db
from mse.fiches.models import Fiche


@on(PromotionModifiee)
def move_what_is_not_public(event: PromotionModifiee) -> None:
    promotion = db.session.get_one(Promotion, event.promotion_id)
    db.session.execute(
        update(Fiche)
        .where(Fiche.promotion_id == promotion.id, Fiche.est_comptee.is_(False))
        .where(Fiche.territoire_code != promotion.territoire_code)
        .values(territoire_code=promotion.territoire_code)
    )
