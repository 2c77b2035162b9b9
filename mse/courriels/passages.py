"""Mails about a fiche whose owners change, and about a fiche that is restored or completed."""

from typing import Any

from markupsafe import Markup
from sqlalchemy import select

from mse.annuaire.models import Acteur
from mse.comptes.models import Compte
from mse.core.events import Event
from mse.core.html import without_stars
from mse.core.text import _
from mse.core.web import lien
from mse.extensions import db
from mse.fiches.api import Statut
from mse.fiches.events import (
    EvenementDeFiche,
    FicheElargie,
    FicheOrientee,
    FichePrecisee,
    FicheRetablie,
    FicheSignaleePlusActuelle,
    SaisineTransferee,
    TransfertAnnule,
)
from mse.fiches.models import Etape, Fiche, Saisine, Transfert
from mse.notifications.annonces import mails
from mse.notifications.mails import mail
from mse.notifications.queries import list_agents, list_animateurs, list_delegates
from mse.notifications.reception import Famille
from mse.notifications.responsables import mail_responsables


@mails(SaisineTransferee, FicheElargie)
def mail_new_owner(event: SaisineTransferee | FicheElargie) -> None:
    """Write two mails: to the new owner, which has due dates to meet; to the delegates.

    If the saisine was transferred again in the meantime, only the last transfer is announced.
    """
    saisine, etape = db.session.get_one(Saisine, event.saisine_id), db.session.get_one(Etape, event.etape_id)
    if saisine.transferts and saisine.transferts[-1].etape_id != etape.id:
        return
    about = {
        **_about(saisine.fiche, etape, saisine),
        "saisine": saisine,
        "acteur": saisine.acteur,
        "par_l_animation": etape.acteur_id is None,
        "de": _ancien(event, etape),
    }
    said = {"sans_agent": not saisine.acteur.a_un_agent, **_problem(saisine.fiche)}
    mail_responsables(
        event, [saisine], auteur=None, responsable=True, famille=Famille.A_TRAITER, **said, **about
    )
    mail(event, list_delegates(saisine.fiche.promotion_id), responsable=False, **about)


@mails(TransfertAnnule)
def mail_taken_back(event: TransfertAnnule) -> None:
    """Mail the owner that no longer has the fiche, and the delegates."""
    saisine, etape = db.session.get_one(Saisine, event.saisine_id), db.session.get_one(Etape, event.etape_id)
    de = _ancien(event, etape)
    if de is None or not saisine.fiche.est_publique:
        return
    acteur = etape.acteur
    about = {**_about(saisine.fiche, etape, saisine), "saisine": saisine, "acteur": acteur, "de": de}
    mail(event, [*list_agents(de), *filter(None, [de.courriel])], responsable=True, **about)
    mail(event, list_delegates(saisine.fiche.promotion_id), responsable=False, **about)


@mails(FicheOrientee)
def mail_oriented(event: FicheOrientee) -> None:
    """Mail the delegates the names of the owners. Each owner gets the mail of its saisine."""
    fiche = db.session.get_one(Fiche, event.fiche_id)
    if fiche.est_publique:
        responsables = ", ".join(saisine.acteur.nom for saisine in fiche.saisines)
        mail(event, list_delegates(fiche.promotion_id), responsables=responsables, **_about(fiche))


@mails(FicheRetablie)
def mail_restored(event: FicheRetablie) -> None:
    fiche = db.session.get_one(Fiche, event.fiche_id)
    aussi = list_delegates(fiche.promotion_id)
    mail_responsables(event, fiche.saisines, auteur=None, aussi=aussi, **_about(fiche))


@mails(FichePrecisee, FicheSignaleePlusActuelle)
def mail_owners(event: EvenementDeFiche) -> None:
    """Mail all owners for a précision; for «plus d'actualité», those that can still close their saisine. Mail
    the animateurs if no owner can be reached."""
    fiche, etape = db.session.get_one(Fiche, event.fiche_id), db.session.get_one(Etape, event.etape_id)
    saisines = fiche.saisines
    if isinstance(event, FicheSignaleePlusActuelle):
        saisines = [s for s in saisines if s.statut in (Statut.EN_COURS, Statut.REPONSE)]
    auteur = db.session.get_one(Compte, event.par_id)
    aussi = () if saisines else list_animateurs()
    mail_responsables(event, saisines, auteur=auteur, aussi=aussi, **_about(fiche, etape))


def _ancien(event: Event, etape: Etape) -> Acteur | None:
    """Return the previous owner, or the acteur that asked for one more owner."""
    if isinstance(event, SaisineTransferee | TransfertAnnule):
        query = select(Acteur).join(Transfert, Transfert.de_id == Acteur.id)
        return db.session.scalars(query.where(Transfert.etape_id == etape.id)).one()
    return etape.acteur


def _problem(fiche: Fiche) -> dict[str, Any]:
    """Return the problem, for the new owner, who has not read the fiche yet."""
    return {"probleme": without_stars(fiche.probleme), "probleme_html": Markup(fiche.probleme_html)}


def _about(fiche: Fiche, etape: Etape | None = None, saisine: Saisine | None = None) -> dict[str, Any]:
    page = lien("fiches.detail", fiche_id=fiche.id)
    return {
        "fiche": fiche,
        "lien": f"{page}#saisine-{saisine.id}" if saisine else page,
        "lien_texte": _("Voir la fiche"),
        "texte": etape.texte if etape else None,
        "texte_html": Markup(etape.texte_html or "") if etape else None,
    }
