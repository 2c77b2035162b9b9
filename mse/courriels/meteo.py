"""Mails of bulletins."""

from markupsafe import Markup

from mse.core.text import _
from mse.core.web import lien
from mse.extensions import db
from mse.meteo.events import BulletinPublie
from mse.meteo.models import Bulletin
from mse.meteo.queries.bulletins import list_etats
from mse.notifications.annonces import mails
from mse.notifications.mails import mail
from mse.suivis.queries.abonnes import list_abonnes_aux_bulletins


@mails(BulletinPublie)
def send_bulletin(event: BulletinPublie) -> None:
    """Mail the published bulletin to all subscribers. Each mail contains a personal unsubscribe link."""
    bulletin = db.session.get_one(Bulletin, event.bulletin_id)
    [tout, *_parties] = list_etats(bulletin)
    departs = {
        abonne.courriel: lien("suivis.fin_recue", cle=abonne.cle) for abonne in list_abonnes_aux_bulletins()
    }
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
