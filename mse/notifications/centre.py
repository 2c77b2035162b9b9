"""Notifications of accounts: decide whether a person gets a mail now, a line in a digest, or neither."""

from collections.abc import Iterable, Mapping
from typing import Any, cast
from urllib.parse import urlsplit

from sqlalchemy import Table, insert, select

from mse.comptes.models import Compte
from mse.comptes.queries import joignable
from mse.core.clock import now
from mse.core.events import Event
from mse.extensions import db
from mse.notifications.models import Notification, Reception
from mse.notifications.reception import RESUMES, Famille, Rythme, rythme_par_defaut

_TABLE = cast(Table, Notification.__table__)


def distribute(
    event: Event,
    evenement: str,
    famille: Famille,
    adresses: Mapping[str, str],
    *,
    lien: str,
    context: Mapping[str, Any],
) -> dict[str, str]:
    """Write a notification for each account among the addresses. Return those to mail now: mailboxes, and the
    accounts that want this family at once. Call within a use case.

    `adresses`: casefolded address → address.
    """
    query = select(Compte.id, Compte.courriel).where(Compte.courriel.in_(adresses), *joignable())
    comptes = {row.id: row.courriel for row in db.session.execute(query)}
    rythmes = read_rythmes(comptes, famille)
    notify_comptes(rythmes, evenement, famille, lien=lien, **_subject(event, context))
    differes = {comptes[compte_id] for compte_id, rythme in rythmes.items() if rythme != Rythme.TOUT_DE_SUITE}
    return {cle: adresse for cle, adresse in adresses.items() if cle not in differes}


def read_rythmes(compte_ids: Iterable[int], famille: Famille) -> dict[int, Rythme]:
    """Return how often each of these people wants to be told of the family."""
    rythmes = dict.fromkeys(compte_ids, rythme_par_defaut(famille))
    query = select(Reception.compte_id, Reception.rythme)
    query = query.where(Reception.compte_id.in_(rythmes), Reception.famille == famille)
    rythmes.update({row.compte_id: row.rythme for row in db.session.execute(query)})
    return rythmes


def notify_comptes(
    rythmes: Mapping[int, Rythme], evenement: str, famille: Famille, *, lien: str, **subject: int | None
) -> None:
    parts = urlsplit(lien)
    chemin = f"{parts.path}#{parts.fragment}" if parts.fragment else parts.path
    rows = [
        {
            "compte_id": compte_id,
            "evenement": evenement,
            "famille": famille,
            "rythme": rythme,
            "chemin": chemin,
            "creee_le": now(),
            "a_resumer": rythme in RESUMES,
            **subject,
        }
        for compte_id, rythme in rythmes.items()
    ]
    if rows:
        db.session.execute(insert(_TABLE), rows)


def _subject(event: Event, context: Mapping[str, Any]) -> dict[str, int | None]:
    """Return the ids of what the event is about, from its fields or from the context of its mail."""
    fiche, initiative = context.get("fiche"), context.get("initiative")
    return {
        "fiche_id": fiche.id if fiche is not None else None,
        "etape_id": getattr(event, "etape_id", None),
        "initiative_id": initiative.id if initiative is not None else None,
        "ligne_id": getattr(event, "ligne_id", None),
    }
