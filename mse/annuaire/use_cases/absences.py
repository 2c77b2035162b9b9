"""An agent, or a référent, names a colleague who gets the mails about saisines during an absence."""

from datetime import date

from mse.annuaire.events import AbsenceAnnulee, AbsenceDeclaree
from mse.annuaire.libelles import INTERDIT
from mse.annuaire.models import Absence, Appartenance
from mse.annuaire.policies import peut_declarer_absence
from mse.annuaire.queries import lock_acteur
from mse.annuaire.queries.absences import list_absences, list_collegues
from mse.comptes.models import Compte
from mse.core.clock import now, today
from mse.core.errors import DonneeInvalide, TransitionInterdite
from mse.core.guards import exige_droit
from mse.core.text import _
from mse.core.use_cases import record, use_case
from mse.extensions import db


@use_case
def declarer_absence(
    appartenance: Appartenance,
    *,
    remplacant_id: int,
    debut: date,
    fin: date,
    garde_courriels: bool,
    par: Compte,
) -> Absence:
    """Declare an absence from `debut` to `fin`, both included. A form sent twice declares one absence.

    Raises `DonneeInvalide` if the dates are wrong or overlap another absence, or if the substitute is not a
    reachable colleague.
    """
    exige_droit(peut_declarer_absence(par, appartenance), INTERDIT)
    lock_acteur(appartenance.acteur)
    if not appartenance.est_en_cours(today()):
        raise TransitionInterdite(
            _("Cette personne ne travaille plus pour %(acteur)s.", acteur=appartenance.acteur.nom)
        )
    if fin < debut:
        raise DonneeInvalide(_("Le dernier jour vient avant le premier."), champ="fin")
    if fin < today():
        raise DonneeInvalide(_("Cette absence est déjà finie."), champ="fin")
    if remplacant_id not in {collegue.id for collegue in list_collegues(appartenance, le=today())}:
        raise DonneeInvalide(
            _("Choisissez une personne de la même équipe, dont l’adresse est confirmée."),
            champ="remplacant_id",
        )
    for deja in list_absences(appartenance, le=today()):
        if (deja.debut, deja.fin, deja.remplacant_id) == (debut, fin, remplacant_id):
            return deja
        if deja.debut <= fin and debut <= deja.fin:
            raise DonneeInvalide(_("Une absence est déjà déclarée à ces dates."), champ="debut")
    absence = Absence(
        appartenance_id=appartenance.id,
        remplacant_id=remplacant_id,
        debut=debut,
        fin=fin,
        garde_courriels=garde_courriels,
    )
    db.session.add(absence)
    db.session.flush()
    record(AbsenceDeclaree(absence_id=absence.id, par_id=par.id))
    return absence


@use_case
def annuler_absence(absence: Absence, *, par: Compte) -> None:
    """Cancel the absence: the agent gets their mails again at once. Do nothing if it is already cancelled."""
    exige_droit(peut_declarer_absence(par, absence.appartenance), INTERDIT)
    lock_acteur(absence.appartenance.acteur)
    db.session.refresh(absence)
    if absence.annulee_le is None:
        absence.annulee_le = now()
        record(AbsenceAnnulee(absence_id=absence.id, par_id=par.id))
