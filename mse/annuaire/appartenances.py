"""Create, change and end appartenances, within a use case that has checked the permission of `par`."""

from datetime import date

from mse.annuaire.events import AppartenanceFermee, AppartenanceOuverte, ReferentDemis, ReferentNomme
from mse.annuaire.historique import est_renvoi, noter
from mse.annuaire.models import Acteur, Appartenance, NatureChangement
from mse.annuaire.policies import tient_annuaire
from mse.annuaire.queries import count_referents, get_appartenance, lock_acteur
from mse.annuaire.validation import exige_autre, exige_ouvert
from mse.comptes.api import INVITATIONS, annuler
from mse.comptes.models import Compte
from mse.core.clock import today
from mse.core.errors import DonneeInvalide, TransitionInterdite
from mse.core.text import _
from mse.core.use_cases import record
from mse.extensions import db


def add_appartenance(
    compte: Compte, acteur: Acteur, *, referent: bool, debut: date, par: Compte | None
) -> Appartenance:
    """Make `compte` an agent of the acteur. Call it within a use case that has checked permissions."""
    lock_acteur(acteur)
    if not compte.est_ouvert:
        raise DonneeInvalide(_("Ce compte est fermé."))
    exige_ouvert(acteur)
    exige_autre(compte, par)
    deja = get_appartenance(compte, acteur, le=debut)
    if deja is not None:
        if deja.est_referent == referent and est_renvoi(
            acteur, NatureChangement.ARRIVEE, par=par, compte=compte
        ):
            return deja
        raise DonneeInvalide(_("Cette personne travaille déjà pour %(acteur)s.", acteur=acteur.nom))
    annuler(compte, *INVITATIONS)  # their sender may lack the right to give this role
    appartenance = Appartenance(compte=compte, acteur=acteur, est_referent=referent, debut=debut)
    db.session.add(appartenance)
    db.session.flush()
    noter(acteur, NatureChangement.ARRIVEE, compte=compte, par=par)
    if referent:
        noter(acteur, NatureChangement.REFERENT, compte=compte, par=par)
    record(AppartenanceOuverte(appartenance_id=appartenance.id, par_id=par.id if par else None))
    return appartenance


def set_referent(appartenance: Appartenance, referent: bool, *, par: Compte) -> None:
    """Give or remove the role of référent. Call it within a use case that has checked permissions."""
    lock_acteur(appartenance.acteur)
    if not referent:
        exige_un_autre_referent(appartenance, par=par)
    appartenance.est_referent = referent
    nature = NatureChangement.REFERENT if referent else NatureChangement.PLUS_REFERENT
    noter(appartenance.acteur, nature, compte=appartenance.compte, par=par)
    event = ReferentNomme if referent else ReferentDemis
    record(event(appartenance_id=appartenance.id, par_id=par.id))


def exige_un_autre_referent(appartenance: Appartenance, *, par: Compte) -> None:
    """Raise if a référent would remove the last référent of the acteur; animateurs and administrateurs
    may."""
    if not tient_annuaire(par) and count_referents(appartenance.acteur, le=today()) == 1:
        raise TransitionInterdite(
            _(
                "Vous êtes la seule personne référente de %(acteur)s. Nommez d’abord quelqu’un d’autre, "
                "ou demandez à l’équipe d’animation.",
                acteur=appartenance.acteur.nom,
            )
        )


def end_appartenance(appartenance: Appartenance, *, par: Compte | None) -> None:
    """End the appartenance today; a future one ends on its first day. Call it within a use case that has
    checked permissions."""
    appartenance.fin = max(today(), appartenance.debut)
    noter(appartenance.acteur, NatureChangement.DEPART, compte=appartenance.compte, par=par)
    record(AppartenanceFermee(appartenance_id=appartenance.id, par_id=par.id if par else None))
