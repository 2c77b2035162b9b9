"""Review, replace or withdraw a published repère; confide it to the association."""

from datetime import date

from mse.comptes.models import Compte
from mse.core.clock import now, today, zone
from mse.core.errors import DonneeInvalide
from mse.core.guards import exige_droit, exige_version
from mse.core.text import _
from mse.core.use_cases import prepared, record, use_case
from mse.demarche import get_demarche
from mse.extensions import db
from mse.reperes.events import RepereARevoir, RepereConfirme, RepereRemplace, RepereRetire
from mse.reperes.libelles import INTERDIT, dire_change
from mse.reperes.limites import RAPPEL
from mse.reperes.masquage import erase, finish
from mse.reperes.models import Repere
from mse.reperes.policies import peut_masquer, peut_retirer, peut_tenir
from mse.reperes.queries.revues import list_a_rappeler
from mse.reperes.validation import exige_motif, exige_revue
from mse.reperes.workflow import ActionRepere, StatutRepere

LOT = 100  # reviews asked for in one transaction


@use_case
def confirmer_repere(
    repere: Repere, a_revoir_le: date | None, *, par: Compte, version: int | None = None
) -> None:
    """Say that the repère is still valid, until its next review."""
    exige_droit(peut_tenir(par, repere), INTERDIT)
    jour = exige_revue(a_revoir_le, valable_du=repere.valable_du)
    if repere.est_publie and repere.confirme_le is not None and repere.a_revoir_le == jour:
        return
    exige_version(repere, version, dire_change)
    repere.avancer(ActionRepere.CONFIRMER)
    repere.a_revoir_le, repere.confirme_le, repere.rappele_le = jour, now(), None
    record(RepereConfirme(repere_id=repere.id, par_id=par.id))


@prepared(motif=exige_motif)
@use_case
def retirer_repere(repere: Repere, motif: str, *, par: Compte, version: int | None = None) -> None:
    """Withdraw the repère: its page stays and says why. A second click does nothing."""
    exige_droit(peut_retirer(par, repere), INTERDIT)
    if repere.statut == StatutRepere.RETIRE and repere.motif == motif:
        return
    exige_version(repere, version, dire_change)
    repere.avancer(ActionRepere.RETIRER)
    finish(repere, motif)
    record(RepereRetire(repere_id=repere.id, par_id=par.id))


@prepared(motif=exige_motif)
@use_case
def remplacer_repere(
    repere: Repere, autre_id: int, motif: str, *, par: Compte, version: int | None = None
) -> None:
    """Say that another published repère holds instead."""
    exige_droit(peut_tenir(par, repere), INTERDIT)
    if repere.statut == StatutRepere.REMPLACE and repere.remplace_par_id == autre_id:
        return
    exige_version(repere, version, dire_change)
    autre = db.session.get(Repere, autre_id, with_for_update=True)
    if autre is None or not autre.est_publie or autre.id == repere.id:
        raise DonneeInvalide(_("Aucun autre repère en vigueur ne porte ce numéro."), champ="autre_id")
    repere.avancer(ActionRepere.REMPLACER)
    repere.remplace_par_id = autre.id
    finish(repere, motif)
    record(RepereRemplace(repere_id=repere.id, par_id=par.id))


@prepared(motif=exige_motif)
@use_case
def masquer_repere(repere: Repere, motif: str, *, par: Compte) -> None:
    """Erase the texts of a repère that is or was published: a withdrawal would leave them readable. A second
    click does nothing."""
    exige_droit(peut_masquer(par, repere), INTERDIT)
    if repere.statut == StatutRepere.RETIRE and repere.motif == motif:
        return
    erase(repere, motif)
    record(RepereRetire(repere_id=repere.id, par_id=par.id))


def demander_revues() -> int:
    """Ask the owners of the repères whose date of review has come, and again once a week, from the hour of
    the reminders on. A task of the worker. Return their number."""
    if now().astimezone(zone()).hour < get_demarche().relances.heure:
        return 0
    nombre = 0
    while demandees := _demander():
        nombre += demandees
    return nombre


@use_case
def _demander() -> int:
    le = today()
    dus = list_a_rappeler(le=le, avant=le - RAPPEL, count=LOT)
    for repere in dus:
        repere.rappele_le = le
        record(RepereARevoir(repere_id=repere.id, par_id=None))
    return len(dus)
