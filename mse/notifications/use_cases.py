"""The outbox in three steps, so that no transaction is open during SMTP: claim one due mail and commit; send
it (see delivery); store the result."""

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, update

from mse.comptes.models import MotifRefus
from mse.core.clock import now
from mse.core.database import upsert
from mse.core.use_cases import use_case
from mse.extensions import db
from mse.notifications.messages import ADRESSE_INVALIDE, DESTINATAIRE, LIEN_EXPIRE, ClaimedMail
from mse.notifications.models import Battement
from mse.notifications.outbox import TABLE, erase
from mse.notifications.queries import WORKER
from mse.notifications.refus import Titulaire, get_refus, lever_refus, noter_refus, oublier_refus
from mse.notifications.retries import pause
from mse.notifications.returns import Return

CLAIM = timedelta(minutes=2)  # longer than any send may last, see delivery.WHOLE
KEEP = timedelta(days=7)  # of a mail after it was sent or refused

_C = TABLE.c


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
        update(TABLE)
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


@use_case
def postpone(mail: ClaimedMail, erreur: str, *, panne: bool) -> None:
    """Schedule a retry after 1, 2, 5, 15, 30, 60 minutes; then every hour after an outage, or at growing
    intervals if the server deferred this mail."""
    suite = now() + pause(mail.essais, panne=panne)
    _write(_still_ours(mail), prochain_essai_le=suite, essais=mail.essais + 1, erreur=erreur)


@use_case
def mark_refused(mail: ClaimedMail, erreur: str) -> None:
    """Stop retrying. The refusal is displayed beside the person and to the administrators."""
    _write(_still_ours(mail), abandonne_le=now(), essais=mail.essais + 1, erreur=erreur, **mail.bodies)
    est_adresse = erreur.startswith(ADRESSE_INVALIDE) or DESTINATAIRE in erreur
    noter_refus(mail.destinataire, MotifRefus.ADRESSE if est_adresse else MotifRefus.COURRIEL)


@use_case
def mark_returned(retour: Return) -> bool:
    """Mark a mail that came back, and its address. Return False if this outbox did not send it, has already
    noted its return, or no longer knows its address."""
    sienne = select(_C.id, _C.destinataire).where(_C.message_id.in_(retour.message_ids))
    row = db.session.execute(sienne.where(_C.abandonne_le.is_(None)).limit(1).with_for_update()).first()
    if row is None or row.destinataire is None:
        return False
    _write(_C.id == row.id, abandonne_le=now(), erreur=retour.erreur)
    motif = MotifRefus.ADRESSE if DESTINATAIRE in retour.erreur else MotifRefus.COURRIEL
    noter_refus(row.destinataire, motif, par_retour=True)
    return True


@use_case
def reprendre_adresse(titulaire: Titulaire, titulaire_id: int) -> None:
    """Delete the refusal of an address, because the team knows that it works again."""
    refus = get_refus(titulaire, titulaire_id)
    if refus is not None:  # else a second click
        db.session.delete(refus)


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
    return erase(or_(fin < now() - KEEP, and_(fin.is_not(None), _C.expire_le < now())))


@use_case
def beat() -> None:
    """Store the heartbeat of the worker."""
    row = upsert(Battement).values(nom=WORKER, vu_le=now())
    db.session.execute(row.on_conflict_do_update(index_elements=["nom"], set_={"vu_le": row.excluded.vu_le}))


def _still_ours(mail: ClaimedMail) -> ColumnElement[bool]:
    return (_C.id == mail.id) & (_C.reservee_jusqu_a == mail.reservee_jusqu_a)


def _write(condition: ColumnElement[bool], **values: Any) -> None:
    db.session.execute(update(TABLE).where(condition).values(reservee_jusqu_a=None, **values))
