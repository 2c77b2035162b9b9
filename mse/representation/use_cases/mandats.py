"""Who speaks for a promotion, from when, until when."""

from datetime import date

from mse.annuaire.events import MandatOuvert, MandatRetire, MandatTermine
from mse.annuaire.models import Mandat, Promotion, RoleMandat
from mse.annuaire.queries import get_appartenance, list_mandats_ouverts
from mse.annuaire.queries.promotions import lock_promotion
from mse.annuaire.use_cases.exigences import exige_autre, exige_tenue
from mse.comptes.jetons import INVITATIONS, annuler
from mse.comptes.models import Compte
from mse.core.clock import today
from mse.core.dates import date_longue
from mse.core.errors import DonneeInvalide, TransitionInterdite
from mse.core.textes import _
from mse.core.use_cases import record, use_case
from mse.extensions import db


def add_mandat(
    compte: Compte, promotion: Promotion, role: RoleMandat, *, debut: date, par: Compte | None
) -> Mandat:
    """Within a use case: one titulaire and one suppléant a promotion, two different people. From `debut` on,
    or from the first day of the training: nobody speaks for a group that does not exist yet."""
    lock_promotion(promotion)
    debut = max(debut, promotion.debut)
    if not compte.est_ouvert:
        raise DonneeInvalide(_("Ce compte est fermé."))
    exige_autre(compte, par)
    if par is not None:
        exige_stagiaire(compte, promotion)
    if debut > promotion.fin:
        raise DonneeInvalide(_("La formation de cette promotion est terminée : elle n’élit plus personne."))
    for mandat in list_mandats_ouverts(promotion, le=debut):
        if mandat.compte_id == compte.id:
            raise DonneeInvalide(_("Cette personne a déjà un mandat dans cette promotion."))
        if mandat.role == role:
            raise DonneeInvalide(
                _("Ce siège est déjà occupé : une promotion a une personne titulaire et une suppléante.")
            )
    annuler(compte, *INVITATIONS)  # printed or sent by whom may not have given this role
    mandat = Mandat(compte=compte, promotion=promotion, role=role, debut=debut)
    db.session.add(mandat)
    db.session.flush()
    record(MandatOuvert(mandat_id=mandat.id, par_id=par.id if par else None))
    return mandat


def exige_stagiaire(compte: Compte, promotion: Promotion) -> None:
    if get_appartenance(compte, promotion.organisme, le=today()) is not None:
        raise DonneeInvalide(
            _("Cette personne travaille pour l’organisme : elle ne peut pas être déléguée de ses stagiaires.")
        )


@use_case
def terminer_mandat(mandat: Mandat, *, fin: date, par: Compte | None) -> None:
    """A resignation, a departure: `fin` is the last day. One that is over stays as it is."""
    exige_tenue(par, mandat.promotion.organisme)
    lock_promotion(mandat.promotion)
    db.session.refresh(mandat)
    if mandat.fin == fin:
        return  # sent twice
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
    """Of a promotion that has not begun: the seat is free again, for who was meant. Sent twice, done once."""
    exige_tenue(par, mandat.promotion.organisme)
    lock_promotion(mandat.promotion)
    if db.session.get(Mandat, mandat.id, populate_existing=True) is None:
        return
    if not mandat.est_a_venir(today()):
        raise TransitionInterdite(_("Ce mandat a déjà commencé : notez plutôt sa fin."))
    record(MandatRetire(mandat_id=mandat.id, par_id=par.id if par else None))
    db.session.delete(mandat)
