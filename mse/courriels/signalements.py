"""Mails about reports: to the animateurs, then the decision to who reported. They do not quote the report."""

from markupsafe import Markup

from mse.comptes.models import Compte
from mse.core.text import _
from mse.core.web import lien
from mse.extensions import db
from mse.masquage.queries import get_titre
from mse.notifications.annonces import mails
from mse.notifications.mails import mail
from mse.notifications.queries import list_animateurs
from mse.signalements.api import RAISONS, Raison, get_endpoint
from mse.signalements.events import PageSignalee, SignalementDecide
from mse.signalements.models import Signalement


@mails(PageSignalee, urgent=True)
def mail_animateurs(event: PageSignalee) -> None:
    """Tell the animateurs, unless a decision was taken meanwhile."""
    signalement = db.session.get(Signalement, event.signalement_id)
    if signalement is None or not signalement.est_ouvert:
        return
    endpoint, ids = get_endpoint(signalement)
    mail(
        event,
        list_animateurs(),
        titre=get_titre(signalement.sujet, signalement.page_id),
        urgent=signalement.raison == Raison.DANGER,
        raison=RAISONS[signalement.raison],
        conteste=signalement.contestation is not None,
        lien=lien(endpoint, **ids),
        lien_texte=_("Lire le signalement"),
    )


@mails(SignalementDecide)
def mail_reporter(event: SignalementDecide) -> None:
    signalement = db.session.get(Signalement, event.signalement_id)
    if signalement is None or signalement.motif is None:
        return
    compte = db.session.get(Compte, signalement.compte_id) if signalement.compte_id else None
    adresse = compte.courriel if compte is not None and compte.est_joignable else signalement.courriel
    if adresse:
        mail(
            event,
            [adresse],
            titre=get_titre(signalement.sujet, signalement.page_id),
            contestable=signalement.est_contestable,
            texte=signalement.motif,
            texte_html=Markup("<br>").join(signalement.motif.splitlines()),
            lien=lien("signalements.suivre"),
            lien_texte=_("Ouvrir mon signalement"),
        )
