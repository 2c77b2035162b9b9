"""Mail of a quarterly report to an acteur."""

from mse.bilans.api import dire_delai, dire_raison
from mse.bilans.events import BilanEnvoye
from mse.bilans.models import AQui, EnvoiBilan
from mse.bilans.queries.rapports import find_destinations, map_titres
from mse.core.clock import today
from mse.core.text import _
from mse.core.web import lien
from mse.demarche import get_demarche
from mse.extensions import db
from mse.notifications.annonces import mails
from mse.notifications.mails import mail

FICHES_MAX = 20  # titles in the mail; the page has all


@mails(BilanEnvoye)
def send_report(event: BilanEnvoye) -> None:
    """Mail the figures of the report and the public fiches without answer. Who has no account gets the link
    to the public page of the acteur."""
    envoi = db.session.get_one(EnvoiBilan, event.envoi_id)
    destination = find_destinations([envoi.acteur], le=today()).get(envoi.acteur_id)
    if destination is None:
        return
    rapport, trimestre = envoi.rapport, envoi.trimestre
    titres = map_titres({une.fiche_id for une in rapport.manquees})
    publiques = [une for une in rapport.manquees if une.fiche_id in titres]
    mail(
        event,
        destination.adresses,
        lien=_find_page(envoi, destination.a_qui),
        lien_texte=_("Lire le bilan") if destination.a_qui != AQui.BOITE else _("Voir ses fiches"),
        a_soi=True,
        acteur=envoi.acteur,
        trimestre=trimestre,
        rapport=rapport,
        raison=dire_raison(rapport.chiffres),
        raison_avant=dire_raison(rapport.avant),
        dire_delai=dire_delai,
        minimum=get_demarche().meteo.minimum,
        manquees=[
            (une, titres[une.fiche_id], lien("fiches.detail", fiche_id=une.fiche_id))
            for une in publiques[:FICHES_MAX]
        ],
        autres=max(0, len(publiques) - FICHES_MAX),
    )


def _find_page(envoi: EnvoiBilan, a_qui: AQui) -> str:
    if a_qui == AQui.BOITE:
        return lien("fiches.acteur", acteur_id=envoi.acteur_id)
    return lien("bilans.bilan", acteur_id=envoi.acteur_id, trimestre=envoi.trimestre.code)
