"""Use cases of requests to become a porteur; the current porteurs or an animateur decide."""

from mse.annuaire.models import Acteur
from mse.comptes.models import Compte
from mse.core.clock import now, today
from mse.core.errors import DonneeInvalide, TransitionInterdite
from mse.core.guards import exige_droit
from mse.core.text import _
from mse.core.text_length import require_length
from mse.core.use_cases import record, use_case
from mse.extensions import db
from mse.initiatives.events import (
    DemandePortageRetiree,
    EvenementDePortage,
    PortageAccepte,
    PortageDecline,
    PortageDemande,
)
from mse.initiatives.libelles import INTERDIT
from mse.initiatives.lignes import verrouiller
from mse.initiatives.limites import MOT_MAX, MOT_MIN
from mse.initiatives.models import DemandePortage, Initiative, est_active
from mse.initiatives.policies import peut_decider_portage, peut_engager, peut_retirer_demande
from mse.initiatives.porteurs import make_porteur, porte_deja
from mse.initiatives.queries.demandes import get_demande_en_attente
from mse.initiatives.workflow import DecisionPortage, EtatPortage
from mse.representation.models import Promotion


@use_case
def demander_portage(initiative: Initiative, equipe: Promotion | Acteur, *, par: Compte) -> None:
    """Request that `equipe` becomes a porteur. The person must be allowed to make it one (`peut_engager`). Do
    nothing if it is one already or has a pending request."""
    exige_droit(peut_engager(par, equipe), INTERDIT)
    verrouiller(initiative)
    exige_droit(initiative.est_publique, INTERDIT)
    if not est_active(equipe, today()):
        raise DonneeInvalide(_("Cette équipe ne peut plus porter d’initiative : sa formation est terminée."))
    if porte_deja(initiative, equipe) or get_demande_en_attente(initiative.id, equipe) is not None:
        return
    promotion = equipe if isinstance(equipe, Promotion) else None
    demande = DemandePortage(
        initiative_id=initiative.id,
        promotion_id=promotion.id if promotion else None,
        acteur_id=None if promotion else equipe.id,
        organisme_id=promotion.organisme_id if promotion else equipe.id,
        etat=EtatPortage.ATTEND,
        demandee_le=now(),
        demandeur_id=par.id,
    )
    db.session.add(demande)
    db.session.flush()
    _record(demande, PortageDemande, par=par)


@use_case
def accepter_portage(demande: DemandePortage, *, par: Compte) -> None:
    """Make the requesters porteurs, with the same rights as the other ones."""
    _lock(demande)
    exige_droit(peut_decider_portage(par, demande) and demande.initiative.est_publique, INTERDIT)
    if demande.etat == EtatPortage.ACCEPTEE:
        return  # the form was sent twice
    if not est_active(demande.equipe, today()):
        raise TransitionInterdite(
            _("La formation de cette promotion est terminée : elle ne porte plus rien.")
        )
    demande.decider(DecisionPortage.ACCEPTER, le=now())
    db.session.add(make_porteur(demande.initiative, demande.equipe))
    _record(demande, PortageAccepte, par=par)


@use_case
def decliner_portage(demande: DemandePortage, mot: str, *, par: Compte) -> None:
    """Decline with a reason for the requesters, who may ask again."""
    _lock(demande)
    exige_droit(peut_decider_portage(par, demande), INTERDIT)
    mot = require_length(mot, MOT_MIN, MOT_MAX)
    if demande.mot == mot:
        return  # the form was sent twice
    demande.decider(DecisionPortage.DECLINER, le=now(), mot=mot)
    _record(demande, PortageDecline, par=par)


@use_case
def retirer_demande(demande: DemandePortage, *, par: Compte) -> None:
    _lock(demande)
    exige_droit(peut_retirer_demande(par, demande), INTERDIT)
    if demande.etat == EtatPortage.RETIREE:
        return  # the form was sent twice
    demande.decider(DecisionPortage.RETIRER, le=now())
    _record(demande, DemandePortageRetiree, par=par)


def _lock(demande: DemandePortage) -> None:
    """Lock the row of the initiative, so that concurrent decisions follow each other."""
    verrouiller(demande.initiative)
    db.session.refresh(demande)


def _record(demande: DemandePortage, event: type[EvenementDePortage], *, par: Compte) -> None:
    record(event(initiative_id=demande.initiative_id, demande_id=demande.id, par_id=par.id))
