"""Mails to the delegates about what their class has sent. They quote nothing."""

from mse.classe.events import ContributionsEnAttente, MotsEnAttente
from mse.classe.queries.attentes import count_mots, count_recues
from mse.core.text import _
from mse.core.web import lien
from mse.extensions import db
from mse.fiches.models import Fiche
from mse.notifications.annonces import mails
from mse.notifications.mails import mail
from mse.notifications.queries import list_delegates
from mse.representation.models import Promotion


@mails(ContributionsEnAttente)
def mail_contributions(event: ContributionsEnAttente) -> None:
    """Skip a draft that was deleted, filed or read in the meantime."""
    fiche = db.session.get(Fiche, event.fiche_id)
    nombre = count_recues(event.fiche_id) if fiche is not None and fiche.est_brouillon else 0
    if fiche is not None and nombre:
        page = lien("classe.animer", fiche_id=fiche.id)
        adresses = list_delegates(fiche.promotion_id)
        mail(event, adresses, fiche=fiche, nombre=nombre, lien=page, lien_texte=_("Lire"))


@mails(MotsEnAttente)
def mail_words(event: MotsEnAttente) -> None:
    """Skip words that were read in the meantime."""
    promotion, nombre = db.session.get_one(Promotion, event.promotion_id), count_mots(event.promotion_id)
    if nombre:
        page = lien("classe.mots", promotion_id=promotion.id)
        adresses = list_delegates(promotion.id)
        mail(event, adresses, promotion=promotion, nombre=nombre, lien=page, lien_texte=_("Lire"))
