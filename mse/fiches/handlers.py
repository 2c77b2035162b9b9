"""Reactions to events of fiches and promotions."""

from sqlalchemy import case, select, update

from mse.core.clock import local_date
from mse.core.database import increment
from mse.core.events import on
from mse.core.working_days import count_working_days
from mse.extensions import db
from mse.fiches.events import FichePubliee, FicheTraitee
from mse.fiches.models import Compteur, Fiche, Saisine
from mse.representation.events import PromotionModifiee
from mse.representation.models import Promotion


@on(FichePubliee)
def count_published(_event: FichePubliee) -> None:
    increment(Compteur, "publiees")


@on(FicheTraitee)
def count_treated(event: FicheTraitee) -> None:
    fiche = db.session.get_one(Fiche, event.fiche_id)
    assert fiche.deposee_le is not None
    assert fiche.repondue_le is not None
    delai = count_working_days(local_date(fiche.deposee_le), local_date(fiche.repondue_le))
    increment(Compteur, "traitees", f"delai:{delai}")


@on(PromotionModifiee)
def move_unpublished_fiches(event: PromotionModifiee) -> None:
    """Move the fiches that were never public with their promotion to its new territoire. Published ones
    stay."""
    promotion = db.session.get_one(Promotion, event.promotion_id)
    db.session.execute(
        update(Fiche)
        .where(Fiche.promotion_id == promotion.id, Fiche.est_comptee.is_(False))
        .where(Fiche.territoire_code != promotion.territoire_code)
        .values(territoire_code=promotion.territoire_code)
    )


@on(PromotionModifiee)
def update_agir_avant(event: PromotionModifiee) -> None:
    """Recompute the sort key `Saisine.agir_avant` of the promotion's fiches: the last day of its course may
    have changed."""
    fin = db.session.get_one(Promotion, event.promotion_id).fin
    siennes = select(Fiche.id).where(Fiche.promotion_id == event.promotion_id)
    db.session.execute(
        update(Saisine)
        .where(Saisine.fiche_id.in_(siennes))
        .values(agir_avant=case((Saisine.reponse_due < fin, Saisine.reponse_due), else_=fin))
    )
