"""Mails about fiches that are merged or separated: to the delegates of both."""

from mse.core.text import _
from mse.core.web import lien
from mse.doublons.events import FicheReunie, FicheSeparee
from mse.extensions import db
from mse.fiches.models import Fiche
from mse.notifications.annonces import mails
from mse.notifications.mails import mail
from mse.notifications.queries import list_delegates


@mails(FicheReunie, FicheSeparee)
def mail_delegates(event: FicheReunie | FicheSeparee) -> None:
    """Write a mail for each fiche to the delegates of its promotion. Who is a delegate of both gets one."""
    doublon = db.session.get_one(Fiche, event.fiche_id)
    principale = db.session.get_one(Fiche, event.principale_id)
    dits: set[str] = set()
    for sienne, autre in ((doublon, principale), (principale, doublon)):
        adresses = [une for une in list_delegates(sienne.promotion_id) if une not in dits]
        dits.update(adresses)
        if sienne.est_publique and autre.est_publique:
            mail(
                event,
                adresses,
                lien=lien("fiches.detail", fiche_id=sienne.id),
                lien_texte=_("Voir la fiche"),
                fiche=sienne,
                autre=autre,
                est_doublon=sienne is doublon,
            )
