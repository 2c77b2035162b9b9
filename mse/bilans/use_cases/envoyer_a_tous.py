"""Send all the reports of a quarter: a person requests it, the worker carries it out."""

import logging

from mse.annuaire.policies import est_animateur
from mse.annuaire.queries import list_acteurs_par_id
from mse.bilans.models import EnvoiATous
from mse.bilans.queries.rapports import (
    find_destinations,
    get_envoi_a_tous,
    get_envoi_a_tous_a_faire,
    list_a_envoyer,
    list_suivants,
)
from mse.bilans.trimestres import Trimestre
from mse.bilans.use_cases.envoyer import envoyer_bilan
from mse.comptes.models import Compte
from mse.core.clock import now, today
from mse.core.database import one_at_a_time, reading
from mse.core.errors import ErreurMetier
from mse.core.guards import exige_droit
from mse.core.text import _
from mse.core.use_cases import release, use_case
from mse.extensions import db

PAR_TOUR = 10  # reports sent in one run of the worker, so that mails do not wait

logger = logging.getLogger(__name__)


@use_case
def demander_envoi_a_tous(trimestre: Trimestre, *, par: Compte) -> bool:
    """Request all the reports of the quarter. A request that is not carried out yet is not doubled. Return
    False if no report is left to send. Raise `TransitionInterdite` if the quarter is not over."""
    exige_droit(est_animateur(par), _("Seule l’équipe d’animation envoie les bilans."))
    trimestre.exige_fini(today())
    one_at_a_time("bilans_envois_a_tous")
    derniere = get_envoi_a_tous(trimestre)
    if derniere is not None and derniere.fini_le is None:
        return True
    total = len(find_destinations(list_a_envoyer(trimestre), le=today()))
    if total:
        db.session.add(
            EnvoiATous(debut=trimestre.debut, par_id=par.id, demande_le=now(), total=total, dernier_id=0)
        )
    return total > 0


def envoyer_a_tous() -> None:
    """Worker task: send the next reports of the oldest request, one transaction each. After a crash the next
    run goes on; a report that was sent is not sent again."""
    with reading():
        demande = get_envoi_a_tous_a_faire()
        if demande is None:
            return
        demande_id, trimestre, par = demande.id, demande.trimestre, demande.par
        ids = list_suivants(trimestre, apres=demande.dernier_id, limit=PAR_TOUR)
        acteurs = list_acteurs_par_id(ids)
        joignables = find_destinations(acteurs, le=today())
    for acteur in [acteur for acteur in acteurs if acteur.id in joignables]:
        try:
            envoyer_bilan(acteur, trimestre, par=par)
        except ErreurMetier as refus:  # it changed since; the page still lists what is left
            logger.info("a report was not sent: %s", refus)
        except Exception:
            logger.exception("a report was not sent")
    release()
    _avancer(demande_id, dernier_id=ids[-1] if ids else None)


@use_case
def _avancer(demande_id: int, *, dernier_id: int | None) -> None:
    demande = db.session.get_one(EnvoiATous, demande_id)
    if dernier_id is None:
        demande.fini_le = now()
    else:
        demande.dernier_id = dernier_id
