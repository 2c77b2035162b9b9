"""Rows of the outbox, written inside a use case or an event handler."""

import re
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, cast
from uuid import uuid4

from flask import current_app
from sqlalchemy import ColumnElement, CursorResult, Table, insert, select, update

from mse.core.clock import now
from mse.extensions import db
from mse.notifications.messages import DEMANDE_PAR_LUI, clean_header
from mse.notifications.models import Courriel

TABLE = cast(Table, Courriel.__table__)  # rows instead of ORM objects: no reload after a commit
_C = TABLE.c


def put(
    addresses: Iterable[str],
    *,
    evenement: str,
    sujet: str,
    texte: str,
    html: str | None,
    expire_le: datetime | None = None,
    desabonnement: str | None = None,
) -> None:
    """Add one row for each address. Call within a use case.

    `expire_le`: expiry of the secret link in the mail; its bodies are erased once it is sent or dropped.
    """
    host = current_app.config["MSE"].host
    domain = host if host and ":" not in host else "localhost"
    rows = [
        {
            "message_id": f"<{uuid4()}@{domain}>",
            "evenement": evenement,
            "destinataire": address,
            "sujet": clean_header(sujet),
            "texte": texte,
            "html": html,
            "cree_le": now(),
            "prochain_essai_le": now(),
            "essais": 0,
            "expire_le": expire_le,
            "desabonnement": desabonnement,
        }
        for address in addresses
    ]
    if rows:
        db.session.execute(insert(TABLE), rows)


def forget(address: str, evenements: Collection[str]) -> None:
    """Erase `address` from these mails and cancel those not sent yet. Call within a use case."""
    siens = (_C.destinataire == address) & _C.evenement.in_(evenements)
    attend = _C.envoye_le.is_(None) & _C.abandonne_le.is_(None)
    db.session.execute(update(TABLE).where(siens, attend).values(abandonne_le=now(), erreur=DEMANDE_PAR_LUI))
    erase(siens)


def hide(page: str, texte: str, html: str, masque: str) -> None:
    """In each stored mail that links to `page`, sent or not, replace the text by `masque`, in both bodies.
    Call it within a use case."""
    about = _C.destinataire.is_not(None) & _C.texte.contains(page, autoescape=True)
    ici = re.compile(rf"{re.escape(page)}(?!\d)")  # /fiches/1 is also the beginning of /fiches/12
    for row in db.session.execute(select(_C.id, _C.texte, _C.html).where(about)).all():
        if not ici.search(row.texte):
            continue
        said = {
            "texte": row.texte.replace(texte, masque),
            "html": row.html and row.html.replace(html, masque),
        }
        db.session.execute(update(TABLE).where(_C.id == row.id).values(said))


def erase(condition: ColumnElement[bool]) -> int:
    """Erase content and address of these mails; their status stays. Return their number. Call within a use
    case."""
    rien = dict.fromkeys(("destinataire", "sujet", "texte", "html", "desabonnement"))
    statement = update(TABLE).where(_C.destinataire.is_not(None), condition).values(rien)
    return cast(CursorResult[Any], db.session.execute(statement)).rowcount
