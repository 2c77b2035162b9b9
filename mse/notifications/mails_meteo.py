"""Mails of bulletins and of the subscription to them."""

from datetime import timedelta

from markupsafe import Markup

from mse.core.text import _
from mse.core.web import lien
from mse.extensions import db
from mse.meteo.events import AbonnementDemande, BulletinPublie
from mse.meteo.models import Abonne, Bulletin
from mse.meteo.queries.abonnes import list_abonnes
from mse.meteo.queries.bulletins import list_etats
from mse.notifications.annonces import mails
from mse.notifications.mails import mail

CONFIRMER = timedelta(days=2)  # then the address is deleted


@mails(AbonnementDemande)
def ask_to_confirm(event: AbonnementDemande) -> None:
    abonne = db.session.get(Abonne, event.abonne_id)
    if abonne is not None:
        mail(
            event,
            [abonne.courriel],
            lien=lien("meteo.confirmation_recue", cle=abonne.cle),
            lien_texte=_("Recevoir les bulletins"),
            expire_le=abonne.demande_le + CONFIRMER,
        )


@mails(BulletinPublie)
def send_bulletin(event: BulletinPublie) -> None:
    """Mail the published bulletin to all subscribers. Each mail contains a personal unsubscribe link."""
    bulletin = db.session.get_one(Bulletin, event.bulletin_id)
    [tout, *_parties] = list_etats(bulletin)
    departs = {a.courriel: lien("meteo.desabonnement_recu", cle=a.cle) for a in list_abonnes()}
    mail(
        event,
        departs,
        lien=lien("meteo.bulletin", bulletin_id=bulletin.id),
        lien_texte=_("Lire le bulletin"),
        a_soi=True,
        desabonnements=departs,
        bulletin=bulletin,
        etat=tout,
        texte=bulletin.texte,
        texte_html=Markup(bulletin.texte_html),
    )
