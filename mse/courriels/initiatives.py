"""Mails about initiatives."""

from typing import Any

from markupsafe import Markup

from mse.core.clock import today
from mse.core.text import _
from mse.core.web import lien
from mse.extensions import db
from mse.initiatives.api import STATUTS
from mse.initiatives.events import (
    EvenementDePortage,
    InitiativeAvancee,
    InitiativeRetiree,
    NouvelleDonnee,
    ParticipationCommencee,
    PortageAccepte,
    PortageDecline,
    PortageDemande,
)
from mse.initiatives.models import DemandePortage, Initiative, LigneInitiative, Porteur
from mse.initiatives.policies import peut_retirer_demande
from mse.initiatives.queries import list_adresses_participants
from mse.notifications.annonces import mails
from mse.notifications.mails import mail
from mse.notifications.queries import list_agents, list_animateurs, list_delegates


@mails(ParticipationCommencee)
def maillist_porteurs(event: ParticipationCommencee) -> None:
    """Mail the porteurs, or the animateurs if no porteur can be reached."""
    initiative = db.session.get_one(Initiative, event.initiative_id)
    porteurs = list_porteurs(initiative)
    mail(event, porteurs or list_animateurs(), par_l_animation=not porteurs, **_about(initiative))


@mails(InitiativeAvancee, NouvelleDonnee)
def mail_everybody(event: InitiativeAvancee | NouvelleDonnee) -> None:
    """Mail the porteurs, and the participants if the initiative is public."""
    initiative = db.session.get_one(Initiative, event.initiative_id)
    ligne = db.session.get_one(LigneInitiative, event.ligne_id)
    participants = list_adresses_participants(initiative.id) if initiative.est_publique else []
    mail(
        event,
        [*list_porteurs(initiative), *participants],
        statut=STATUTS[ligne.statut] if ligne.statut else "",
        texte=ligne.texte or "",
        texte_html=Markup(ligne.texte_html or ""),
        **_about(initiative),
    )


@mails(InitiativeRetiree)
def mail_withdrawn(event: InitiativeRetiree) -> None:
    initiative = db.session.get_one(Initiative, event.initiative_id)
    mail(event, list_porteurs(initiative), texte=initiative.retrait_motif or "", **_about(initiative))


@mails(PortageDemande)
def mail_request(event: PortageDemande) -> None:
    """Mail the porteurs, or the animateurs if no porteur can be reached; they decide in that case."""
    demande = db.session.get_one(DemandePortage, event.demande_id)
    if demande.attend(today()):
        porteurs = list_porteurs(demande.initiative)
        said = {**_about_request(demande), "par_l_animation": not porteurs}
        mail(event, porteurs or list_animateurs(), **said)


@mails(PortageAccepte, PortageDecline)
def mail_decision(event: EvenementDePortage) -> None:
    """Mail the requesters, and the sender of the request if that person may still act for them."""
    demande = db.session.get_one(DemandePortage, event.demande_id)
    addresses = _equipe(demande)
    demandeur = demande.demandeur
    if demandeur is not None and demandeur.est_joignable and peut_retirer_demande(demandeur, demande):
        addresses.append(demandeur.courriel or "")
    mail(event, addresses, texte=demande.mot or "", **_about_request(demande))


def list_porteurs(initiative: Initiative) -> list[str]:
    return [adresse for porteur in initiative.porteurs_actuels for adresse in _equipe(porteur)]


def _equipe(porteur: Porteur | DemandePortage) -> list[str]:
    """Return the addresses of the delegates of a promotion, or of the agents of an organisme. The mailbox of
    an organisme gets mails about fiches only."""
    if porteur.promotion_id is not None:
        return list_delegates(porteur.promotion_id)
    return list_agents(porteur.organisme)


def _about_request(demande: DemandePortage) -> dict[str, Any]:
    return {
        **_about(demande.initiative),
        "demande": demande,
        "lien": lien("initiatives.demande", initiative_id=demande.initiative_id, demande_id=demande.id),
        "lien_texte": _("Voir la demande"),
    }


def _about(initiative: Initiative) -> dict[str, Any]:
    return {
        "initiative": initiative,
        "lien": lien("initiatives.detail", initiative_id=initiative.id),
        "lien_texte": _("Voir l’initiative"),
    }
