"""Show a form again, filled with the typed values, after an interruption.

An expired session, an old CSRF token, a busy database, a concurrent change, a refusal: the view is called
again with the typed fields in its form, and nothing is executed.
"""

from collections.abc import Iterable

from flask import current_app, flash, g, make_response, redirect, request, session, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.routing import RequestRedirect
from werkzeug.wrappers import Response as BaseResponse

from mse.core.database import READ_ONLY
from mse.core.text import lazy
from mse.core.web.links import own_path
from mse.extensions import db

RIEN_FAIT = lazy(
    "Rien n’a été fait : cette page était ouverte depuis trop longtemps, ou votre connexion a changé. "
    "Si vous le voulez toujours, recommencez."
)
CARRIED = "repris-"  # prefix of the hidden fields on the sign-in page
_NOT_CARRIED = {"csrf_token", "mot_de_passe", "ancien", "nouveau", "confirmation"}


def typed_fields() -> list[tuple[str, str]]:
    """Return the fields typed in this request, without tokens and passwords;
    an empty list if the body could not be read."""
    try:
        fields = request.form
    except (RequestEntityTooLarge, OSError):
        return []
    return [(name, value) for name, value in fields.items(multi=True) if name not in _NOT_CARRIED]


def carried_fields() -> list[tuple[str, str]]:
    """Return the fields typed in an earlier request, which the sign-in page carries as hidden fields."""
    return [
        (name.removeprefix(CARRIED), value)
        for name, value in request.form.items(multi=True)
        if name.startswith(CARRIED)
    ]


def show_form_again(
    url: str,
    fields: Iterable[tuple[str, str]],
    *,
    message: str = "",
    sans_page: str = "",
    categorie: str = "info",
    status: int = 200,
    champ: str = "",
) -> BaseResponse:
    """Show the form at `url` (a path of this site), filled with `fields`, for the user to send.

    `message` is shown beside the field `champ` if the form has it, else above the form. `sans_page` replaces
    `message` if there is no form to show, only a button that did nothing.
    """
    path = own_path(url)
    if path is None or path.partition("?")[0] == g.get("adresse_reprise"):  # no recursion
        return _redirect_home(sans_page or message)
    try:
        adapter = current_app.url_map.bind_to_environ(request.environ)
        endpoint, arguments = adapter.match(path.partition("?")[0], method="POST")
    except (RequestRedirect, HTTPException):
        return _redirect_home(sans_page or message)
    db.session.rollback()
    db.session().info[READ_ONLY] = True
    g.reprise, g.adresse_reprise = MultiDict(fields), path.partition("?")[0]
    if champ:
        g.refus = (champ, message)
    elif message:
        flash(message, categorie)
    response = make_response(current_app.view_functions[endpoint](**arguments))
    if sans_page and 300 <= response.status_code < 400:
        _replace_flash(message, sans_page)
    if response.status_code == 200:
        response.status_code = status
    return response


def _redirect_home(phrase: str) -> BaseResponse:
    if phrase:
        flash(phrase, "erreur")
    return redirect(url_for("accueil.mon_espace"), 303)


def _replace_flash(message: str, phrase: str) -> None:
    """Replace `message` by `phrase` on the next page, unless the view has added a message of its own."""
    others = [(kind, text) for kind, text in session.get("_flashes", []) if text != message]
    session["_flashes"] = others or [("erreur", phrase)]
