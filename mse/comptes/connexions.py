"""Open and close sessions, inside a use case."""

import secrets
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import delete, or_

from mse.comptes.events import SessionFermee, SessionOuverte
from mse.comptes.jetons import INVITATIONS, annuler
from mse.comptes.models import Compte, SessionCompte, hash_secret
from mse.comptes.policies import DUREE_DELEGUE, raccourcir
from mse.comptes.queries import list_sessions_ouvertes
from mse.core.clock import now
from mse.core.database import execute_bulk
from mse.core.guards import exige_droit
from mse.core.text import _
from mse.core.use_cases import record, use_case
from mse.extensions import db

OUBLI = timedelta(hours=24)  # age at which an ended session is deleted


def commencer_session(compte: Compte) -> str:
    """Open a session inside a use case and return its reference. Raises `Interdit` if the account is closed.

    The first sign-in revokes the remaining invitations.
    """
    exige_droit(compte.est_ouvert, _("Ce compte est fermé."))
    le, reference = now(), secrets.token_urlsafe(32)
    session = SessionCompte(
        reference_hash=hash_secret(reference),
        compte=compte,
        ouverte_le=le,
        vue_le=le,
        inactivite_max=int(DUREE_DELEGUE.total_seconds()),
        expire_le=le + DUREE_DELEGUE,
    )
    if compte.est_equipe:
        raccourcir(session)
    if compte.active_le is None:
        compte.active_le = le
        annuler(compte, *INVITATIONS)
    db.session.add(session)
    db.session.flush()
    record(SessionOuverte(session_id=session.id, compte_id=compte.id, par_id=compte.id))
    return reference


@use_case
def oublier_sessions() -> int:
    """Delete sessions 24 hours after their end; return their number."""
    avant = now() - OUBLI
    return execute_bulk(
        delete(SessionCompte).where(or_(SessionCompte.expire_le < avant, SessionCompte.fermee_le < avant))
    )


def fermer_sessions(compte: Compte, *, sauf: SessionCompte | None, par: Compte) -> None:
    """Close every session of `compte` except `sauf`. Call it inside a use case."""
    close_sessions([une for une in list_sessions_ouvertes(compte.id) if une is not sauf], par=par)


def close_sessions(sessions: Sequence[SessionCompte], *, par: Compte) -> None:
    for session in sessions:
        if session.fermee_le is None:
            session.fermee_le = now()
            record(SessionFermee(session_id=session.id, par_id=par.id))
