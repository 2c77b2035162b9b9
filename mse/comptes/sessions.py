"""Sessions with Flask-Login: a signed-in browser is a row of the table of sessions.

The cookie holds a random reference, the table its hash, so that each session can be listed and closed.
"""

from datetime import datetime
from typing import Any

from flask_login import UserMixin, current_user, login_user, logout_user

from mse.comptes.models import SessionCompte
from mse.comptes.queries import get_session
from mse.core.clock import now
from mse.extensions import login_manager


class Connecte(UserMixin):
    """The signed-in user of Flask-Login: an account and its session."""

    def __init__(self, session: SessionCompte, reference: str) -> None:
        self.session = session
        self.compte = session.compte
        self.session_id, self.vue_le = session.id, session.vue_le  # available even if the database fails
        self._reference = reference

    def get_id(self) -> str:
        return self._reference


def load_connecte(reference: str) -> Connecte | None:
    session = get_session(reference, le=now())
    return Connecte(session, reference) if session is not None else None


def get_stale_session_id(person: Any, *, avant: datetime) -> int | None:
    """Return the id of the session if its `vue_le` is at or before `avant` and must therefore be updated.
    Return None if it is more recent, or for a visitor."""
    return person.session_id if person.is_authenticated and person.vue_le <= avant else None


def get_ma_session() -> SessionCompte | None:
    """Return the session of this request, or None for a visitor."""
    person = current_user._get_current_object()
    return person.session if person.is_authenticated else None


def connecter(reference: str) -> None:
    """Sign the browser in with this reference. Its cookie must have been emptied before."""
    person = load_connecte(reference)
    if person is not None:
        login_user(person)


def deconnecter() -> None:
    """Remove the reference from the browser's cookie. A use case closes the row."""
    logout_user()


def init_app(app: Any) -> None:
    login_manager.user_loader(load_connecte)
    login_manager.session_protection = None  # would sign out phones, which change address all day
