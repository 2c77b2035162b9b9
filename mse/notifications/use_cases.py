"""The outbox in three steps, so that no transaction is open while a server makes us wait:
claim one due mail and commit; send it (see delivery); write what became of it."""

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
    Pli,
    clean_header,
)
from mse.notifications.models import Battement, Courriel
from mse.notifications.queries import WORKER
from mse.notifications.refus import lever_refus, noter_refus, oublier_refus

CLAIM = timedelta(minutes=2)  # longer than any send may last, see delivery.WHOLE
PAUSES = [
    timedelta(minutes=n) for n in (1, 2, 5, 15, 30, 60, 60, 60, 120, 240, 480)
]  # the last one again and again
PAUSE_PANNE = timedelta(hours=1)  # at most, where only the server is to blame: it comes back for all of them
PATIENCE = timedelta(days=5)  # with a mail that is put off each time (RFC 5321, 4.5.4.1: at least 4 or 5)
KEEP = timedelta(days=7)  # a mail, once it has left or was refused

_TABLE = cast(Table, Courriel.__table__)  # rows, not objects: nothing to load again later
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
    """Within a use case: one row for each address.

    `expire_le`: the mail holds a secret link, dead from then on. Bodies go as soon as it is sent or dropped.
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
def claim(*, with_secret: bool = False) -> Pli | None:
    """Claim the next due mail for two minutes; None when nothing is due.

    Mails that hold a secret link go first, in the order in which their links expire. The others follow in the
    order of their due dates; `with_secret` leaves them out.
    A claim whose holder died expires: taking it again is the one possible duplicate.
    """
    due = _due().order_by(_C.prochain_essai_le, _C.id).scalar_subquery()
    urgent = _due().where(_C.expire_le.is_not(None)).order_by(_C.expire_le, _C.id).scalar_subquery()
    statement = (
        update(_TABLE)
        .where(_C.id == (urgent if with_secret else func.coalesce(urgent, due)))
        .values(reservee_jusqu_a=now() + CLAIM)
        .returning(*(_C[name] for name in Pli._fields))
    )
    row = db.session.execute(statement).first()
    return Pli(*row) if row else None


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
def mark_sent(pli: Pli) -> None:
    """The server has taken it: true whoever holds the claim by now."""
    _write(_C.id == pli.id, envoye_le=now(), essais=pli.essais + 1, erreur=None, **pli.bodies)
    lever_refus(pli.destinataire)


def pause(essais: int, *, panne: bool) -> timedelta:
    """Before the next try, after so many. `panne`: nothing says that it is the fault of this one."""
    suivante = PAUSES[min(essais, len(PAUSES) - 1)]
    return min(suivante, PAUSE_PANNE) if panne else suivante


@use_case
def postpone(pli: Pli, erreur: str, *, panne: bool) -> None:
    """Not now: the next try is 1, 2, 5, 15, 30, 60 minutes later; then every hour after an outage, at growing
    intervals where the server put off this one."""
    suite = now() + pause(pli.essais, panne=panne)
    _write(_still_ours(pli), prochain_essai_le=suite, essais=pli.essais + 1, erreur=erreur)


def est_sans_espoir(pli: Pli, erreur: str) -> bool:
    """Put off for days: the same words as at the try before, which an outage would have changed."""
    return pli.cree_le < now() - PATIENCE and pli.erreur == erreur


@use_case
def mark_refused(pli: Pli, erreur: str) -> None:
    """Never, or no more: not tried again, said beside the person and to the administrators."""
    _write(_still_ours(pli), abandonne_le=now(), essais=pli.essais + 1, erreur=erreur, **pli.bodies)
    est_adresse = erreur.startswith(ADRESSE_INVALIDE) or DESTINATAIRE in erreur
    noter_refus(pli.destinataire, MotifRefus.ADRESSE if est_adresse else MotifRefus.COURRIEL)


@use_case
def drop(pli: Pli) -> None:
    """Its link opens nothing any more: sending it would only deceive."""
    _write(_still_ours(pli), abandonne_le=now(), erreur=LIEN_EXPIRE, **pli.bodies)
    noter_refus(pli.destinataire, MotifRefus.COURRIEL)


@use_case
def purge() -> int:
    """What a mail said and to whom goes 7 days after it left or was refused, of one with a secret link as
    soon as the link is dead; its status stays. Returns how many."""
    oublier_refus()
    fin = func.coalesce(_C.envoye_le, _C.abandonne_le)
    return _forget(or_(fin < now() - KEEP, and_(fin.is_not(None), _C.expire_le < now())))


def forget(address: str, evenements: Collection[str]) -> None:
    """Within a use case: these mails name `address` no more; what has not left never leaves."""
    siens = (_C.destinataire == address) & _C.evenement.in_(evenements)
    attend = _C.envoye_le.is_(None) & _C.abandonne_le.is_(None)
    db.session.execute(update(_TABLE).where(siens, attend).values(abandonne_le=now(), erreur=DEMANDE_PAR_LUI))
    _forget(siens)


def hide(page: str, texte: str, html: str, masque: str) -> None:
    """Within a use case: mails that lead to `page`, sent or not, say `masque` in place of these words."""
    about = _C.destinataire.is_not(None) & _C.texte.contains(page, autoescape=True)
    ici = re.compile(rf"{re.escape(page)}(?!\d)")  # /fiches/1 begins /fiches/12 too
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
    """The worker lives."""
    row = upsert(Battement).values(nom=WORKER, vu_le=now())
    db.session.execute(row.on_conflict_do_update(index_elements=["nom"], set_={"vu_le": row.excluded.vu_le}))


def _still_ours(pli: Pli) -> ColumnElement[bool]:
    return (_C.id == pli.id) & (_C.reservee_jusqu_a == pli.reservee_jusqu_a)


def _write(condition: ColumnElement[bool], **values: Any) -> None:
    db.session.execute(update(_TABLE).where(condition).values(reservee_jusqu_a=None, **values))
