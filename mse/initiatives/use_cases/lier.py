"""Use cases that link an initiative to the fiches that it answers."""

from sqlalchemy import func, select, update

from mse.comptes.models import Compte
from mse.core.errors import DonneeInvalide
from mse.core.guards import exige_droit
from mse.core.text import _
from mse.core.use_cases import record, use_case
from mse.extensions import db
from mse.fiches.models import Fiche
from mse.fiches.policies import peut_lire as peut_lire_fiche
from mse.initiatives.events import (
    InitiativeDeliee,
    InitiativeLiee,
)
from mse.initiatives.libelles import INTERDIT
from mse.initiatives.models import Initiative, InitiativeFiche
from mse.initiatives.policies import (
    peut_porter,
)


@use_case
def lier_fiche(initiative: Initiative, fiche: Fiche | None, *, par: Compte) -> None:
    """Link the fiche. Do nothing if it is linked already."""
    exige_droit(peut_porter(par, initiative), INTERDIT)
    if fiche is None or not fiche.est_publique or not peut_lire_fiche(par, fiche):
        raise DonneeInvalide(_("Aucune fiche publique ne porte ce numéro."))
    if _lien(initiative, fiche) is not None:
        return
    db.session.add(InitiativeFiche(initiative_id=initiative.id, fiche_id=fiche.id))
    _compter_liens(fiche.id)
    record(InitiativeLiee(initiative_id=initiative.id, fiche_id=fiche.id, par_id=par.id))


@use_case
def delier_fiche(initiative: Initiative, fiche: Fiche, *, par: Compte) -> None:
    exige_droit(peut_porter(par, initiative), INTERDIT)
    lien = _lien(initiative, fiche)
    if lien is None:
        return
    db.session.delete(lien)
    _compter_liens(fiche.id)
    record(InitiativeDeliee(initiative_id=initiative.id, fiche_id=fiche.id, par_id=par.id))


def _compter_liens(fiche_id: int) -> None:
    """Store the number of links, so that the page of a fiche needs no query; no other code writes it. The
    lock makes a concurrent transaction count after this one."""
    db.session.flush()
    db.session.execute(select(Fiche.id).where(Fiche.id == fiche_id).with_for_update())
    nombre = select(func.count()).where(InitiativeFiche.fiche_id == fiche_id).scalar_subquery()
    db.session.execute(update(Fiche).where(Fiche.id == fiche_id).values(nombre_initiatives=nombre))


def _lien(initiative: Initiative, fiche: Fiche) -> InitiativeFiche | None:
    return db.session.scalars(
        select(InitiativeFiche).where(
            InitiativeFiche.initiative_id == initiative.id, InitiativeFiche.fiche_id == fiche.id
        )
    ).first()
