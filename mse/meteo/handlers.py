"""React to promotions and mandats with a date in the past: request that the worker recomputes the figures
since that day."""

from datetime import date

from mse.core.clock import today
from mse.core.events import on
from mse.extensions import db
from mse.meteo.models import RepriseMeteo
from mse.representation.events import MandatOuvert, MandatTermine, PromotionCreee, PromotionModifiee
from mse.representation.models import Mandat, Promotion


@on(PromotionCreee)
def recompute_since_start(event: PromotionCreee) -> None:
    _request_recompute(db.session.get_one(Promotion, event.promotion_id).debut)


@on(PromotionModifiee)
def recompute_since_change(event: PromotionModifiee) -> None:
    _request_recompute(event.depuis)


@on(MandatOuvert, MandatTermine)
def recompute_since_mandat(event: MandatOuvert | MandatTermine) -> None:
    mandat = db.session.get_one(Mandat, event.mandat_id)
    _request_recompute(mandat.debut if isinstance(event, MandatOuvert) else mandat.fin or today())


def _request_recompute(depuis: date) -> None:
    """Request to recompute the figures since `depuis`, if that day is in the past."""
    if depuis < today():
        db.session.add(RepriseMeteo(depuis=depuis))
