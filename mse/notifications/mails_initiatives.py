"""Whom it is told what becomes of an initiative."""

from typing import Any

from markupsafe import Markup

from mse.core.textes import _
from mse.core.web import lien
from mse.extensions import db
from mse.initiatives.events import (
    InitiativeAvancee,
    InitiativeRetiree,
    NouvelleDonnee,
    ParticipationCommencee,
)
from mse.initiatives.libelles import STATUTS
from mse.initiatives.models import Initiative, LigneInitiative
from mse.initiatives.queries import list_adresses_participants
from mse.notifications.annonces import mails
from mse.notifications.mails import mail
from mse.notifications.queries import list_agents, list_delegates


@mails(ParticipationCommencee)
def mail_carriers(event: ParticipationCommencee) -> None:
    initiative = db.session.get_one(Initiative, event.initiative_id)
    mail(event, _porteurs(initiative), **_about(initiative))


@mails(InitiativeAvancee, NouvelleDonnee)
def mail_everybody(event: InitiativeAvancee | NouvelleDonnee) -> None:
    """Those who carry it; those who take part while they may read it."""
    initiative = db.session.get_one(Initiative, event.initiative_id)
    ligne = db.session.get_one(LigneInitiative, event.ligne_id)
    participants = list_adresses_participants(initiative.id) if initiative.est_publique else []
    mail(
        event,
        [*_porteurs(initiative), *participants],
        statut=STATUTS[ligne.statut] if ligne.statut else "",
        texte=ligne.texte or "",
        texte_html=Markup(ligne.texte_html or ""),
        **_about(initiative),
    )


@mails(InitiativeRetiree)
def mail_withdrawn(event: InitiativeRetiree) -> None:
    initiative = db.session.get_one(Initiative, event.initiative_id)
    mail(event, _porteurs(initiative), texte=initiative.retrait_motif or "", **_about(initiative))


def _porteurs(initiative: Initiative) -> list[str]:
    """A promotion's delegates, an organisme's agents (its mailbox is for fiches)."""
    adresses: list[str] = []
    for porteur in initiative.porteurs_actuels:
        if porteur.promotion_id is not None:
            adresses += list_delegates(porteur.promotion_id)
        else:
            adresses += list_agents(porteur.organisme)
    return adresses


def _about(initiative: Initiative) -> dict[str, Any]:
    return {
        "initiative": initiative,
        "lien": lien("initiatives.detail", initiative_id=initiative.id),
        "lien_texte": _("Voir l’initiative"),
    }
