"""Queries: figures of the home page, audience."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from sqlalchemy import bindparam, func, select

from mse.accueil.models import JourAudience
from mse.core.cache import THIRTY_SECONDS, cached_for
from mse.core.clock import today
from mse.extensions import db
from mse.representation.models import Mandat, Promotion

_DELEGUES = (
    select(func.count(func.distinct(Mandat.compte_id)))
    .join(Promotion, Promotion.id == Mandat.promotion_id)
    .where(Mandat.debut <= bindparam("le"), func.coalesce(Mandat.fin, Promotion.fin) >= bindparam("le"))
)


@cached_for(THIRTY_SECONDS)
def count_delegues() -> int:
    """Count the people with a current mandat, cached for 30 seconds."""
    return db.session.scalar(_DELEGUES, {"le": today()}) or 0


@dataclass(frozen=True)
class Audience:
    """`jours`: the last thirty, newest first; `mois`: (first day, pages, visits), the last thirteen."""

    jours: Sequence[JourAudience]
    mois: list[tuple[date, int, int]]


def read_audience(*, le: date) -> Audience:
    depuis = (le.replace(day=1) - timedelta(days=365)).replace(day=1)
    query = select(JourAudience).where(JourAudience.jour >= depuis, JourAudience.jour <= le)
    jours = db.session.scalars(query.order_by(JourAudience.jour.desc())).all()
    mois = [
        (premier, sum(un.pages for un in tous), sum(un.visites for un in tous))
        for premier, groupe in groupby(jours, key=lambda un: un.jour.replace(day=1))
        for tous in [list(groupe)]
    ]
    return Audience(jours[:30], mois)
