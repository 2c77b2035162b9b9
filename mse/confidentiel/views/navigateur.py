"""What the browser of an author keeps in its signed session cookie: the hash of the code last used, a mark of
the device, and the code itself until the author has written it down (ADR 26)."""

import secrets

from flask import current_app, request, session

from mse.confidentiel.models import Confidence
from mse.confidentiel.queries import get_par_code
from mse.confidentiel.use_cases.ecrire import Envoi

_FIL, _CODE, _APPAREIL = "confidentiel", "confidentiel-code", "confidentiel-appareil"


def read_sender() -> Envoi:
    """Return who sends this request. A browser without a mark gets one."""
    appareil = session.get(_APPAREIL)
    if not isinstance(appareil, str):
        appareil = session[_APPAREIL] = secrets.token_urlsafe(12)
    return Envoi(appareil=appareil, adresse=request.remote_addr, secret=current_app.config["SECRET_KEY"])


def keep_thread(code_hash: str) -> None:
    session[_FIL] = code_hash


def keep_code(code: str) -> None:
    session[_CODE] = code


def get_code() -> str | None:
    """Return the code that the author has not written down yet."""
    code = session.get(_CODE)
    return code if isinstance(code, str) else None


def forget_code() -> None:
    session.pop(_CODE, None)


def forget_all() -> None:
    """Close the thread in this browser. The mark of the device stays: it says nothing."""
    forget_code()
    session.pop(_FIL, None)


def get_thread() -> Confidence | None:
    """Return the report that this browser has opened with its code."""
    code_hash = session.get(_FIL)
    return get_par_code(code_hash) if isinstance(code_hash, str) else None
