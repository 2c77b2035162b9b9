"""Mails about repères: to their owner at the date of review, to the delegates when one changes."""

from markupsafe import Markup

from mse.core.clock import today
from mse.core.text import _
from mse.core.web import lien
from mse.extensions import db
from mse.notifications.annonces import mails
from mse.notifications.mails import mail
from mse.notifications.queries import list_agents, list_animateurs, list_delegates
from mse.reperes.events import EvenementDeRepere, RepereARevoir, RepereModifie, RepereRemplace, RepereRetire
from mse.reperes.models import Repere
from mse.reperes.queries.revues import get_version, list_fiches_a_informer


@mails(RepereARevoir)
def mail_owner(event: RepereARevoir) -> None:
    """Ask the agents of its acteur, or the animateurs if it has none, unless it was reviewed meanwhile."""
    repere = db.session.get_one(Repere, event.repere_id)
    if not repere.est_a_verifier(today()):
        return
    agents = list_agents(repere.acteur) if repere.acteur else []
    mail(
        event,
        agents or list_animateurs(),
        repere=repere,
        acteur=repere.acteur if agents else None,
        lien=lien("reperes.revoir", repere_id=repere.id),
        lien_texte=_("Revoir ce repère"),
    )


@mails(RepereModifie)
def mail_change(event: RepereModifie) -> None:
    """Tell the delegates why the version before this one was changed."""
    ancienne = get_version(event.repere_id, event.numero - 1)
    if ancienne is not None:
        _tell(event, ancienne.motif)


@mails(RepereRemplace, RepereRetire)
def mail_end(event: RepereRemplace | RepereRetire) -> None:
    repere = db.session.get_one(Repere, event.repere_id)
    _tell(event, repere.motif or "")


def _tell(event: EvenementDeRepere, motif: str) -> None:
    """Write one mail for each promotion that has a linked fiche. It names the first of its fiches."""
    repere = db.session.get_one(Repere, event.repere_id)
    deja: set[str] = set()
    for fiche in list_fiches_a_informer(repere.id):
        adresses = [une for une in list_delegates(fiche.promotion_id) if une not in deja]
        deja.update(adresses)
        mail(
            event,
            adresses,
            repere=repere,
            fiche=fiche,
            texte=motif,
            texte_html=Markup("<p>{}</p>").format(motif),
            lien=lien("reperes.detail", repere_id=repere.id),
            lien_texte=_("Lire le repère"),
        )
