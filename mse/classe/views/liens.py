"""What the pages of trainees keep in the browser: the link or the code last opened, and a mark of the device.

The secret of a link moves at once from the URL to the signed session cookie (ADR 11).
"""

import re
import secrets

from flask import Response, after_this_request, current_app, request, session

from mse.classe.use_cases.contribuer import Envoi
from mse.classe.workflow import DUREE_DU_LIEN

LIEN, CODE = "classe", "code-de-promotion"  # session keys
_MARK = re.compile(r"[\w-]{22}", re.ASCII)


def read_sender(key: str) -> Envoi:
    """Return who sends this request. `key`: of the session, where the link or the code is kept."""
    kept = session.get(key)
    return Envoi(
        reference=kept if isinstance(kept, str) else "",
        appareil=_read_device(),
        adresse=request.remote_addr,
        secret=current_app.config["SECRET_KEY"],
    )


def remember_device() -> None:
    """Give the browser a random mark, so that a device counts once. It is kept as long as a link."""
    _keep(_read_device())


def _read_device() -> str:
    """Return the mark of the device. One without a mark gets it with the answer to this request."""
    mark = request.cookies.get(_cookie_name(), "")
    if not _MARK.fullmatch(mark):
        mark = secrets.token_urlsafe(16)
        _keep(mark)
    return mark


def _keep(mark: str) -> None:
    https = current_app.config["MSE"].https
    seconds = int(DUREE_DU_LIEN.total_seconds())

    @after_this_request
    def set_cookie(response: Response) -> Response:
        response.set_cookie(
            _cookie_name(), mark, max_age=seconds, secure=https, httponly=True, samesite="Lax"
        )
        return response


def _cookie_name() -> str:
    return "__Host-participant" if current_app.config["MSE"].https else "participant"
