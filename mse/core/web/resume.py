"""Reprise: a form is shown again, filled, after something came in between.

An expired session, an old CSRF token, a busy database, another person who acted first, a refusal:
the view is called once more with the typed fields in its form, and nothing is executed.
"""

from collections.abc import Iterable

from flask import current_app, flash, g, make_response, redirect, request, session, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.routing import RequestRedirect
from werkzeug.wrappers import Response as BaseResponse

from mse.core.database import READ_ONLY
from mse.core.textes import lazy
from mse.core.web.links import own_path
from mse.extensions import db

RIEN_FAIT = lazy(
    "Rien n’a été fait : cette page était ouverte depuis trop longtemps, ou votre connexion a changé. "
    "Si vous le voulez toujours, recommencez."
)
CARRIED = "repris-"  # prefix of the hidden fields on the sign-in page
_NOT_CARRIED = {"csrf_token", "mot_de_passe", "ancien", "nouveau", "confirmation"}


def typed_fields() -> list[tuple[str, str]]:
    """What the person typed in this request, without tokens and passwords; nothing when it was not read."""
    try:
        fields = request.form
    except (RequestEntityTooLarge, OSError):
        return []
    return [(name, value) for name, value in fields.items(multi=True) if name not in _NOT_CARRIED]


def carried_fields() -> list[tuple[str, str]]:
    """What an earlier request of the same person had typed, carried by the sign-in page."""
    return [
        (name.removeprefix(CARRIED), value)
        for name, value in request.form.items(multi=True)
        if name.startswith(CARRIED)
    ]


def reprendre(
    url: str,
    fields: Iterable[tuple[str, str]],
    *,
    message: str = "",
    sans_page: str = "",
    categorie: str = "info",
    status: int = 200,
    champ: str = "",
) -> BaseResponse:
    """The form at `url` (one of our paths), filled with `fields`, to be sent by the person.

    `message` stands beside the field `champ` when the form has one of this name, else above the form.
    `sans_page`: said instead of `message` where there is no form to show, only a button that did nothing.
    """
    path = own_path(url)
    if path is None or path.partition("?")[0] == g.get("adresse_reprise"):  # never a form within itself
        return _home(sans_page or message)
    try:
        adapter = current_app.url_map.bind_to_environ(request.environ)
        endpoint, arguments = adapter.match(path.partition("?")[0], method="POST")
    except (RequestRedirect, HTTPException):
        return _home(sans_page or message)
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


def _home(phrase: str) -> BaseResponse:
    if phrase:
        flash(phrase, "erreur")
    return redirect(url_for("accueil.mon_espace"), 303)


def _replace_flash(message: str, phrase: str) -> None:
    """The next page says `phrase`, unless the view had something better to say."""
    others = [(kind, text) for kind, text in session.get("_flashes", []) if text != message]
    session["_flashes"] = others or [("erreur", phrase)]
