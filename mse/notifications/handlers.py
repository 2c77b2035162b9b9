"""Change mails already in the outbox: erase the address of a former subscriber, remove a hidden text."""

from mse.core.events import on
from mse.core.html import without_stars
from mse.core.web import lien
from mse.echanges.events import MessageMasque
from mse.echanges.models import Message
from mse.extensions import db
from mse.fiches.events import EtapeMasquee, FicheRetiree
from mse.fiches.models import Etape, Fiche
from mse.masquage.api import MARQUE, locate
from mse.masquage.events import TextesChanges
from mse.notifications.mails import hide_quoted_text
from mse.notifications.outbox import forget, hide
from mse.suivis.events import AbonneEfface


@on(AbonneEfface)
def forget_address(event: AbonneEfface) -> None:
    """Erase the address from the outbox at once, not after 7 days: the page says that it is erased."""
    forget(event.courriel, ("abonne_a_relancer", "bulletin_publie", "resume_suivis", "suivi_demande"))


@on(EtapeMasquee)
def hide_text_in_mails(event: EtapeMasquee) -> None:
    """Remove the hidden text from stored mails. It runs within the transaction of the event, so that no mail
    is sent with this text afterwards."""
    etape = db.session.get_one(Etape, event.etape_id)
    hide_quoted_text(event.texte, event.html, lien("fiches.detail", fiche_id=etape.fiche_id))


@on(MessageMasque)
def hide_message(event: MessageMasque) -> None:
    """Remove a masked private message from stored mails."""
    saisine = db.session.get_one(Message, event.message_id).saisine
    hide_quoted_text(
        event.texte, event.html, lien("echanges.fil", fiche_id=saisine.fiche_id, saisine_id=saisine.id)
    )


@on(FicheRetiree)
def hide_problem_in_mails(event: FicheRetiree) -> None:
    """Remove the problem of a withdrawn fiche from stored mails, whether sent or not."""
    fiche = db.session.get_one(Fiche, event.fiche_id)
    hide_quoted_text(fiche.probleme, fiche.probleme_html, lien("fiches.detail", fiche_id=fiche.id))


@on(TextesChanges)
def mask_in_mails(event: TextesChanges) -> None:
    """Replace masked words by the mark in the stored mails that link to the page, sent or not."""
    endpoint, ids = locate(event.sujet, event.page_id)
    page = lien(endpoint, **ids)
    for mots, html in event.disparus:
        hide(page, without_stars(mots), html, str(MARQUE))
