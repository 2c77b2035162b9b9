"""The cookie of a browser that has signed in before (see `mse.comptes.appareils`)."""

from flask import Response, after_this_request, current_app, request

from mse.comptes.appareils import Appareil
from mse.comptes.models import Compte

_DUREE = 400 * 24 * 3600  # seconds; the longest that browsers accept


def get_appareil() -> Appareil:
    return Appareil.lire(request.cookies.get(_cookie_name(), ""), secret_key=current_app.config["SECRET_KEY"])


def remember_device(compte: Compte) -> None:
    """Set the cookie, after `compte` has proved its password or access to its mailbox here."""
    valeur = get_appareil().retenir(compte).ecrire(secret_key=current_app.config["SECRET_KEY"])

    @after_this_request
    def set_cookie(response: Response) -> Response:
        https = current_app.config["MSE"].https
        response.set_cookie(
            _cookie_name(), valeur, max_age=_DUREE, secure=https, httponly=True, samesite="Lax"
        )
        return response


def _cookie_name() -> str:
    return "__Host-appareil" if current_app.config["MSE"].https else "appareil"
