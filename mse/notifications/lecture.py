"""Titles and texts of notifications, computed when they are read, from the present data."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from mse.comptes.models import Compte
from mse.core.html import without_stars
from mse.core.pagination import Cursor, Page, keyset_page
from mse.core.text import _, lazy
from mse.extensions import db
from mse.fiches import policies as fiches
from mse.fiches.api import EN_DETAIL
from mse.fiches.models import Etape
from mse.initiatives import policies as initiatives
from mse.notifications.libelles import COURRIELS
from mse.notifications.models import Notification
from mse.notifications.reception import Famille
from mse.suivis.api import dire_nouvelle

PAR_PAGE = 20
_SANS_OBJET = {"mots_en_attente": lazy("Les mots de votre promotion")}  # titles, about no fiche


@dataclass(frozen=True, kw_only=True)
class Entree:
    """A notification as its reader sees it. If the reader may no longer read the object, title and text are
    empty."""

    id: int
    mot: str
    titre: str | None
    acteur: str | None
    texte: str
    texte_html: Markup
    objet: tuple[str, int | None]  # what digests group by
    chemin: str
    creee_le: datetime
    est_lue: bool
    saisine_id: int | None = None  # of the answer that is told
    lien_avis: str | None = None  # in a digest: personal link to judge that answer


def read_entree(notification: Notification, lecteur: Compte) -> Entree:
    fiche, etape, initiative = notification.fiche, notification.etape, notification.initiative
    lisible = (
        fiches.peut_lire(lecteur, fiche)
        if fiche is not None
        else initiative is not None and initiatives.peut_lire(lecteur, initiative)
    )
    sujet = fiche or initiative
    texte, html = _words(notification) if lisible else ("", "")
    return Entree(
        id=notification.id,
        mot=_title(notification),
        titre=sujet.titre if lisible and sujet is not None else _SANS_OBJET.get(notification.evenement),
        acteur=etape.acteur.nom if lisible and etape is not None and etape.acteur is not None else None,
        texte=without_stars(texte),
        texte_html=Markup(html),
        objet=("fiche" if fiche is not None else "initiative", sujet.id if sujet is not None else None),
        chemin=notification.chemin,
        creee_le=notification.creee_le,
        est_lue=notification.lue_le is not None,
        saisine_id=etape.saisine_id if etape is not None and etape.nature in EN_DETAIL else None,
    )


def _title(notification: Notification) -> str:
    if notification.famille != Famille.SUIVIS:
        return str(COURRIELS[notification.evenement])
    return dire_nouvelle(notification.etape)


def _words(notification: Notification) -> tuple[str, str]:
    """Return the text of the line of history that the event has added, or the problem of a new fiche."""
    ligne = notification.etape or notification.ligne
    if ligne is not None and ligne.masquee_motif:
        masque = _("Texte masqué par l’équipe d’animation\u202f: %(motif)s", motif=ligne.masquee_motif)
        return masque, str(Markup("<p>{}</p>").format(masque))
    if ligne is not None:
        return ligne.texte or "", ligne.texte_html or ""
    fiche = notification.fiche
    if fiche is not None and notification.evenement in ("nouvelle_suivie", "saisine_ouverte"):
        return fiche.probleme, fiche.probleme_html
    return "", ""


def select_notifications() -> Select[Any]:
    """Select notifications with everything that `read_entree` needs."""
    return select(Notification).options(
        joinedload(Notification.fiche),
        joinedload(Notification.etape).joinedload(Etape.acteur),
        joinedload(Notification.initiative),
        joinedload(Notification.ligne),
    )


def list_entrees(compte: Compte, after: Cursor | None) -> Page[Entree]:
    """Return a page of the notification centre, newest first."""
    page: Page[Notification] = keyset_page(
        select_notifications().where(Notification.compte_id == compte.id),
        instant=Notification.creee_le,
        id=Notification.id,
        after=after,
        fetch=lambda query: db.session.scalars(query).all(),
        size=PAR_PAGE,
    )
    return Page([read_entree(une, compte) for une in page.rows], page.next)


def get_mienne(compte: Compte | None, notification_id: int) -> Notification | None:
    """Return the notification if it is for `compte`."""
    notification = db.session.get(Notification, notification_id)
    mienne = notification is not None and compte is not None and notification.compte_id == compte.id
    return notification if mienne else None


def group_entrees(entrees: Iterable[Entree]) -> list[list[Entree]]:
    """Group by fiche or initiative: the group with the newest entry first, its entries newest first."""
    groupes: dict[tuple[str, int | None], list[Entree]] = {}
    for entree in sorted(entrees, key=lambda une: (une.creee_le, une.id), reverse=True):
        groupes.setdefault(entree.objet, []).append(entree)
    return list(groupes.values())
