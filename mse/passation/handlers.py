"""Hand over what the predecessors follow."""

import secrets

from sqlalchemy import func, or_, select

from mse.core.clock import now
from mse.core.events import on
from mse.extensions import db
from mse.fiches.models import Fiche
from mse.representation.events import MandatOuvert
from mse.representation.models import Mandat
from mse.representation.policies import list_lignee
from mse.soutiens.models import Soutien
from mse.suivis.api import PLAFOND, Objet
from mse.suivis.models import Suivi


@on(MandatOuvert)
def hand_over_follows(event: MandatOuvert) -> None:
    """Make the new delegate follow the fiches that earlier delegates follow, if they are of the promotion, of
    one that it continues, or supported by one of them. What else they follow is their own affair.

    Nobody follows more than `PLAFOND` objects: the newest fiches first.
    """
    mandat = db.session.get_one(Mandat, event.mandat_id)
    promotions = [promotion.id for promotion in list_lignee(mandat.promotion)]
    siens = select(Suivi.fiche_id).where(Suivi.compte_id == mandat.compte_id, Suivi.fiche_id.is_not(None))
    anciens = select(Mandat.compte_id).where(Mandat.promotion_id.in_(promotions))
    soutenues = select(Soutien.fiche_id).where(
        Soutien.promotion_id.in_(promotions), Soutien.retire_le.is_(None)
    )
    place = PLAFOND - (
        db.session.scalar(select(func.count()).where(Suivi.compte_id == mandat.compte_id)) or 0
    )
    fiches = db.session.scalars(
        select(Suivi.fiche_id)
        .distinct()
        .join(Fiche, Fiche.id == Suivi.fiche_id)
        .where(
            or_(Fiche.promotion_id.in_(promotions), Fiche.id.in_(soutenues)),
            Suivi.compte_id.in_(anciens),
            Suivi.fiche_id.not_in(siens),
        )
        .order_by(Suivi.fiche_id.desc())
        .limit(max(place, 0))
    ).all()
    db.session.add_all(
        Suivi(
            cle=secrets.token_urlsafe(32),
            compte_id=mandat.compte_id,
            objet=Objet.FICHE,
            fiche_id=fiche_id,
            depuis=now(),
        )
        for fiche_id in fiches
    )
