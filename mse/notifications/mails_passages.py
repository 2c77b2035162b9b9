"""Whom it is told that a fiche passed on, came back, or was added to."""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup
from sqlalchemy import select

from mse.annuaire.models import Acteur
from mse.core.events import Event
from mse.core.web import lien
from mse.extensions import db
from mse.fiches.events import (
    EvenementDeFiche,
    FicheElargie,
    FichePrecisee,
    FicheRetablie,
    FicheSignaleePlusActuelle,
    SaisineTransferee,
)
from mse.fiches.models import Etape, Fiche, Saisine, Transfert
from mse.fiches.workflow import Statut
from mse.notifications.annonces import mails
from mse.notifications.mails_fiches import tell
from mse.notifications.queries import list_animateurs, list_delegates, list_owner


@mails(SaisineTransferee, FicheElargie)
def mail_new_owner(event: SaisineTransferee | FicheElargie) -> None:
    """Two mails: to the new owner, who has days to keep; to the delegates, who wait for it."""
    saisine, etape = db.session.get_one(Saisine, event.saisine_id), db.session.get_one(Etape, event.etape_id)
    owner = list_owner(saisine.acteur)
    about = {
        **_said(etape),
        "lien": f"{lien('fiches.detail', fiche_id=saisine.fiche_id)}#saisine-{saisine.id}",
        "saisine": saisine,
        "acteur": saisine.acteur,
        "par_l_animation": etape.acteur_id is None,
        "de": _ancien(event, etape),
    }
    fiche, sans_agent = saisine.fiche, list(owner) == [saisine.acteur.courriel]
    tell(event, owner, fiche, responsable=True, sans_agent=sans_agent, **about)
    tell(event, list_delegates(fiche.promotion_id), fiche, responsable=False, **about)


@mails(FicheRetablie)
def mail_restored(event: FicheRetablie) -> None:
    fiche = db.session.get_one(Fiche, event.fiche_id)
    tell(event, [*list_delegates(fiche.promotion_id), *_owners(fiche.saisines)], fiche)


@mails(FichePrecisee, FicheSignaleePlusActuelle)
def mail_owners(event: EvenementDeFiche) -> None:
    """Of a précision all the owners; of «plus d'actualité» those who can still close; else the animateurs."""
    fiche, etape = db.session.get_one(Fiche, event.fiche_id), db.session.get_one(Etape, event.etape_id)
    saisines = fiche.saisines
    if isinstance(event, FicheSignaleePlusActuelle):
        saisines = [s for s in saisines if s.statut in (Statut.EN_COURS, Statut.REPONSE)]
    addresses = _owners(saisines) or list_animateurs()
    tell(event, addresses, fiche, **_said(etape))


def _owners(saisines: Sequence[Saisine]) -> list[str]:
    return [address for saisine in saisines for address in list_owner(saisine.acteur)]


def _ancien(event: Event, etape: Etape) -> Acteur | None:
    """Who had it, or who asked for one more owner."""
    if isinstance(event, SaisineTransferee):
        query = select(Acteur).join(Transfert, Transfert.de_id == Acteur.id)
        return db.session.scalars(query.where(Transfert.etape_id == etape.id)).one()
    return etape.acteur


def _said(etape: Etape) -> dict[str, Any]:
    return {"texte": etape.texte, "texte_html": Markup(etape.texte_html or "")}
