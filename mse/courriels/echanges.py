"""Mails about private messages: their text goes to the other side only."""

from typing import Any

from markupsafe import Markup

from mse.core.clock import today
from mse.core.text import _
from mse.core.web import lien
from mse.echanges.events import MessageEnvoye, MessageSignale
from mse.echanges.models import Message
from mse.extensions import db
from mse.notifications.annonces import mails
from mse.notifications.mails import mail
from mse.notifications.queries import list_animateurs, list_delegates
from mse.notifications.responsables import mail_responsables


@mails(MessageEnvoye)
def mail_message(event: MessageEnvoye) -> None:
    """Mail the other side. The mailbox of an acteur gets the notice without the text: nobody knows who reads
    it."""
    message = db.session.get_one(Message, event.message_id)
    saisine = message.saisine
    if not saisine.fiche.est_publique:
        return
    about: dict[str, Any] = {
        "fiche": saisine.fiche,
        "acteur": message.acteur or saisine.acteur,
        "lien": lien("echanges.fil", fiche_id=saisine.fiche_id, saisine_id=saisine.id),
        "lien_texte": _("Répondre"),
        "texte": message.texte,
        "texte_html": Markup(message.texte_html),
        "suspendue": message.attend_reponse and saisine.est_suspendue(today()),
        "saisine": saisine,
    }
    if message.acteur_id is None:
        mail_responsables(event, [saisine], auteur=message.auteur, prive=True, aux_delegues=False, **about)
    else:
        mail(event, list_delegates(saisine.fiche.promotion_id), aux_delegues=True, **about)


@mails(MessageSignale)
def mail_report(event: MessageSignale) -> None:
    """Mail the animateurs the page where they read the message; the mail does not quote it."""
    message = db.session.get_one(Message, event.message_id)
    saisine = message.saisine
    page = lien("echanges.masquer", fiche_id=saisine.fiche_id, saisine_id=saisine.id, message_id=message.id)
    mail(event, list_animateurs(), fiche=saisine.fiche, lien=page, lien_texte=_("Lire le message"))
