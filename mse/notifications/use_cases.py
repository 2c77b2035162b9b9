"""The outbox in three steps, so that no transaction is open during SMTP: claim one due mail and commit; send
it (see delivery); store the result."""

import re
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import uuid4

from flask import current_app
from sqlalchemy import ColumnElement, CursorResult, Select, Table, and_, func, insert, or_, select, update

from mse.comptes.models import MotifRefus
from mse.core.clock import now
from mse.core.database import upsert
from mse.core.use_cases import use_case
from mse.extensions import db
from mse.notifications.messages import (
    ADRESSE_INVALIDE,
    DEMANDE_PAR_LUI,
    DESTINATAIRE,
    LIEN_EXPIRE,
    ClaimedMail,
    clean_header,
)
from mse.notifications.models import Battement, Courriel
from mse.notifications.queries import WORKER
from mse.notifications.refus import lever_refus, noter_refus, oublier_refus

CLAIM = timedelta(minutes=2)  # longer than any send may last, see delivery.WHOLE
PAUSES = [
    timedelta(minutes=n) for n in (1, 2, 5, 15, 30, 60, 60, 60, 120, 240, 480)
]  # the last one is repeated
PAUSE_PANNE = timedelta(hours=1)  # maximum if the server is down, because all mails wait for it
PATIENCE = timedelta(days=5)  # how long a deferred mail is retried (RFC 5321, 4.5.4.1: at least 4 or 5)
KEEP = timedelta(days=7)  # of a mail after it was sent or refused

_TABLE = cast(Table, Courriel.__table__)  # rows instead of ORM objects: no reload after a commit
_C = _TABLE.c


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
        db.session.execute(insert(_TABLE), rows)


@use_case
def claim(*, with_secret: bool = False) -> ClaimedMail | None:
    """Claim the next due mail for two minutes; return None if nothing is due.

    Mails with a secret link go first, in the order in which their links expire. The others follow in the
    order of their due dates; `with_secret` leaves them out. A claim expires if the worker stops: claiming the
    mail again is the only possible duplicate.
    """
    due = _due().order_by(_C.prochain_essai_le, _C.id).scalar_subquery()
    urgent = _due().where(_C.expire_le.is_not(None)).order_by(_C.expire_le, _C.id).scalar_subquery()
    statement = (
        update(_TABLE)
        .where(_C.id == (urgent if with_secret else func.coalesce(urgent, due)))
        .values(reservee_jusqu_a=now() + CLAIM)
        .returning(*(_C[name] for name in ClaimedMail._fields))
    )
    row = db.session.execute(statement).first()
    return ClaimedMail(*row) if row else None


def _due() -> Select[tuple[int]]:
    return (
        select(_C.id)
        .where(
            _C.envoye_le.is_(None),
            _C.abandonne_le.is_(None),
            _C.prochain_essai_le <= now(),
            or_(_C.reservee_jusqu_a.is_(None), _C.reservee_jusqu_a <= now()),
        )
        .limit(1)
        .with_for_update(skip_locked=True)  # PostgreSQL; SQLite has one writer at a time
    )


@use_case
def mark_sent(mail: ClaimedMail) -> None:
    """Mark the mail as sent, even if the claim has expired: the server has accepted it."""
    _write(_C.id == mail.id, envoye_le=now(), essais=mail.essais + 1, erreur=None, **mail.bodies)
    lever_refus(mail.destinataire)


def pause(essais: int, *, panne: bool) -> timedelta:
    """Return the backoff after `essais` attempts. `panne`: the failure does not concern this item itself."""
    suivante = PAUSES[min(essais, len(PAUSES) - 1)]
    return min(suivante, PAUSE_PANNE) if panne else suivante


@use_case
def postpone(mail: ClaimedMail, erreur: str, *, panne: bool) -> None:
    """Schedule a retry after 1, 2, 5, 15, 30, 60 minutes; then every hour after an outage, or at growing
    intervals if the server deferred this mail."""
    suite = now() + pause(mail.essais, panne=panne)
    _write(_still_ours(mail), prochain_essai_le=suite, essais=mail.essais + 1, erreur=erreur)


def est_sans_espoir(mail: ClaimedMail, erreur: str) -> bool:
    """True if a mail has been deferred for `PATIENCE` with the same reason twice; an outage would have
    changed the reason."""
    return mail.cree_le < now() - PATIENCE and mail.erreur == erreur


@use_case
def mark_refused(mail: ClaimedMail, erreur: str) -> None:
    """Stop retrying. The refusal is displayed beside the person and to the administrators."""
    _write(_still_ours(mail), abandonne_le=now(), essais=mail.essais + 1, erreur=erreur, **mail.bodies)
    est_adresse = erreur.startswith(ADRESSE_INVALIDE) or DESTINATAIRE in erreur
    noter_refus(mail.destinataire, MotifRefus.ADRESSE if est_adresse else MotifRefus.COURRIEL)


@use_case
def drop(mail: ClaimedMail) -> None:
    """Give up a mail whose link has expired."""
    _write(_still_ours(mail), abandonne_le=now(), erreur=LIEN_EXPIRE, **mail.bodies)
    noter_refus(mail.destinataire, MotifRefus.COURRIEL)


@use_case
def purge() -> int:
    """Erase content and address of each mail 7 days after it was sent or refused, or as soon as its secret
    link has expired. The status stays. Return the number of mails."""
    oublier_refus()
    fin = func.coalesce(_C.envoye_le, _C.abandonne_le)
    return _forget(or_(fin < now() - KEEP, and_(fin.is_not(None), _C.expire_le < now())))


def forget(address: str, evenements: Collection[str]) -> None:
    """Erase `address` from these mails and cancel those not sent yet. Call within a use case."""
    siens = (_C.destinataire == address) & _C.evenement.in_(evenements)
    attend = _C.envoye_le.is_(None) & _C.abandonne_le.is_(None)
    db.session.execute(update(_TABLE).where(siens, attend).values(abandonne_le=now(), erreur=DEMANDE_PAR_LUI))
    _forget(siens)


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
        db.session.execute(update(_TABLE).where(_C.id == row.id).values(said))


def _forget(condition: ColumnElement[bool]) -> int:
    rien = dict.fromkeys(("destinataire", "sujet", "texte", "html", "desabonnement"))
    statement = update(_TABLE).where(_C.destinataire.is_not(None), condition).values(rien)
    return cast(CursorResult[Any], db.session.execute(statement)).rowcount


@use_case
def beat() -> None:
    """Store the heartbeat of the worker."""
    row = upsert(Battement).values(nom=WORKER, vu_le=now())
    db.session.execute(row.on_conflict_do_update(index_elements=["nom"], set_={"vu_le": row.excluded.vu_le}))


def _still_ours(mail: ClaimedMail) -> ColumnElement[bool]:
    return (_C.id == mail.id) & (_C.reservee_jusqu_a == mail.reservee_jusqu_a)


def _write(condition: ColumnElement[bool], **values: Any) -> None:
    db.session.execute(update(_TABLE).where(condition).values(reservee_jusqu_a=None, **values))
