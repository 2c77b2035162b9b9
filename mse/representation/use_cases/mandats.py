"""Open, end and delete mandats."""

from datetime import date

from mse.comptes.models import Compte
from mse.core.clock import today
from mse.core.dates import date_longue
from mse.core.errors import DonneeInvalide, TransitionInterdite
from mse.core.text import _
from mse.core.use_cases import record, use_case
from mse.extensions import db
from mse.representation.events import MandatRetire, MandatTermine
from mse.representation.mandats import add_mandat
from mse.representation.models import Mandat, Promotion, RoleMandat
from mse.representation.promotions import exige_gestion
from mse.representation.queries.promotions import lock_promotion


@use_case
def ouvrir_mandat(
    compte: Compte,
    promotion: Promotion,
    role: RoleMandat,
    *,
    debut: date | None = None,
    par: Compte | None = None,
) -> Mandat:
    """Open a mandat without an election: used by a command, or to correct what was recorded."""
    exige_gestion(par, promotion.organisme)
    return add_mandat(compte, promotion, role, debut=debut or today(), par=par)


@use_case
def terminer_mandat(mandat: Mandat, *, fin: date, par: Compte | None) -> None:
    """End a mandat early (resignation, departure). `fin`: the last day. A past mandat cannot change."""
    exige_gestion(par, mandat.promotion.organisme)
    lock_promotion(mandat.promotion)
    db.session.refresh(mandat)
    if mandat.fin == fin:
        return  # the form was sent twice
    if not mandat.est_en_cours(today()):
        raise TransitionInterdite(
            _("Ce mandat a déjà pris fin le %(date)s.", date=date_longue(mandat.fin or mandat.promotion.fin))
        )
    if fin < mandat.debut:
        raise DonneeInvalide(
            _(
                "Ce mandat a commencé le %(date)s : il finit ce jour-là ou après.",
                date=date_longue(mandat.debut),
            )
        )
    if fin > mandat.promotion.fin:
        raise DonneeInvalide(
            _(
                "Ce mandat finit de lui-même le %(date)s, avec la formation.",
                date=date_longue(mandat.promotion.fin),
            )
        )
    mandat.fin = fin
    record(MandatTermine(mandat_id=mandat.id, par_id=par.id if par else None))


@use_case
def retirer_mandat(mandat: Mandat, *, par: Compte | None) -> None:
    """Delete a mandat that has not begun, which frees the seat. A form sent twice deletes it once."""
    exige_gestion(par, mandat.promotion.organisme)
    lock_promotion(mandat.promotion)
    if db.session.get(Mandat, mandat.id, populate_existing=True) is None:
        return
    if not mandat.est_a_venir(today()):
        raise TransitionInterdite(_("Ce mandat a déjà commencé : notez plutôt sa fin."))
    record(MandatRetire(mandat_id=mandat.id, par_id=par.id if par else None))
    db.session.delete(mandat)
