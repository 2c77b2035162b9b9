"""Use cases of porteurs and participants."""

from sqlalchemy import func, select, update

from mse.annuaire.models import Acteur
from mse.comptes.models import Compte
from mse.core.clock import now, today
from mse.core.errors import TransitionInterdite
from mse.core.guards import exige_droit
from mse.core.text import _
from mse.core.use_cases import record, use_case
from mse.extensions import db
from mse.initiatives.events import (
    InitiativeModifiee,
    ParticipationCommencee,
    ParticipationTerminee,
)
from mse.initiatives.libelles import INTERDIT
from mse.initiatives.lignes import verrouiller
from mse.initiatives.models import Initiative, Participant, Porteur
from mse.initiatives.policies import (
    peut_engager,
    peut_participer,
    peut_porter,
)
from mse.initiatives.porteurs import make_porteur, porte_deja
from mse.initiatives.queries.demandes import get_demande_en_attente
from mse.initiatives.workflow import DecisionPortage
from mse.representation.models import Promotion


@use_case
def ajouter_porteur(initiative: Initiative, porteur: Promotion | Acteur, *, par: Compte) -> None:
    """Add a porteur. The person must be allowed to make it one (`peut_engager`), and be a current porteur or
    an animateur; others use `demander_portage`.

    Do nothing if it is a porteur already. Its pending request is accepted.
    """
    exige_droit(peut_engager(par, porteur), INTERDIT)
    verrouiller(initiative)
    exige_droit(initiative.est_publique and peut_porter(par, initiative), INTERDIT)
    if porte_deja(initiative, porteur):
        return
    db.session.add(make_porteur(initiative, porteur))
    demande = get_demande_en_attente(initiative.id, porteur)
    if demande is not None:
        demande.decider(DecisionPortage.ACCEPTER, le=now())
    record(InitiativeModifiee(initiative_id=initiative.id, par_id=par.id))


@use_case
def quitter_portage(porteur: Porteur, *, par: Compte) -> None:
    """End the responsibility of a porteur. Raise `TransitionInterdite` for the last one."""
    initiative = porteur.initiative
    exige_droit(peut_engager(par, porteur.equipe), INTERDIT)
    verrouiller(initiative)
    if porteur.jusqu_a is not None:
        return
    if len(initiative.porteurs_actuels) == 1:
        raise TransitionInterdite(
            _(
                "Une initiative est toujours portée par quelqu’un : ajoutez "
                "d’abord une équipe, ou abandonnez-la."
            )
        )
    porteur.jusqu_a = today()
    record(InitiativeModifiee(initiative_id=initiative.id, par_id=par.id))


@use_case
def participer(initiative: Initiative, *, par: Compte) -> None:
    verrouiller(initiative)
    exige_droit(peut_participer(par, initiative), INTERDIT)
    if not initiative.est_ouverte:
        raise TransitionInterdite(_("Cette initiative est terminée : on n’y participe plus."))
    if db.session.get(Participant, (initiative.id, par.id)) is not None:
        return
    db.session.add(Participant(initiative_id=initiative.id, compte_id=par.id, depuis=now()))
    _count_participants(initiative)
    record(ParticipationCommencee(initiative_id=initiative.id, par_id=par.id))


@use_case
def ne_plus_participer(initiative: Initiative, *, par: Compte) -> None:
    verrouiller(initiative)
    participant = db.session.get(Participant, (initiative.id, par.id))
    if participant is None:
        return
    db.session.delete(participant)
    _count_participants(initiative)
    record(ParticipationTerminee(initiative_id=initiative.id, par_id=par.id))


def _count_participants(initiative: Initiative) -> None:
    """Store the number of participants; no other code writes it. The version stays the same, so that a form
    opened before remains valid."""
    db.session.flush()
    nombre = select(func.count()).where(Participant.initiative_id == initiative.id).scalar_subquery()
    db.session.execute(
        update(Initiative).where(Initiative.id == initiative.id).values(nombre_participants=nombre)
    )
