"""Event handlers: recount past figures when a promotion or a mandat has a date in the past."""

from datetime import date

from mse.core.clock import today
from mse.core.events import on
from mse.extensions import db
from mse.meteo.models import RepriseMeteo
from mse.representation.events import MandatOuvert, MandatTermine, PromotionCreee, PromotionModifiee
from mse.representation.models import Mandat, Promotion


@on(PromotionCreee)
def resume_from_its_beginning(event: PromotionCreee) -> None:
    _resume(db.session.get_one(Promotion, event.promotion_id).debut)


@on(PromotionModifiee)
def resume_from_what_changed(event: PromotionModifiee) -> None:
    _resume(event.depuis)


@on(MandatOuvert, MandatTermine)
def resume_from_the_mandat(event: MandatOuvert | MandatTermine) -> None:
    mandat = db.session.get_one(Mandat, event.mandat_id)
    _resume(mandat.debut if isinstance(event, MandatOuvert) else mandat.fin or today())


def _resume(depuis: date) -> None:
    if depuis < today():
        db.session.add(RepriseMeteo(depuis=depuis))
