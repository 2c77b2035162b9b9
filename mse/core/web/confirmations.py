"""Confirmation messages at the top of the next page. `layouts/_messages.html` sets the focus on them.

A redirect after a POST has no fragment: the browser would scroll past the message and ignore `autofocus`.
"""

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from mse.core.text import _
from mse.core.web.links import own_path


def confirm(phrase: str, *, voir: str = "") -> None:
    """Show a confirmation. `voir`: link to the result, a fragment of the next page or another path."""
    if voir:
        mot = _("Voir plus bas") if voir.startswith("#") else _("Voir la fiche")
        phrase = Markup('{} <a href="{}">{}</a>').format(phrase, voir, mot)
    flash(phrase, "succes")


def finish(phrase: str, page: str, place: str) -> ResponseReturnValue:
    """Redirect after an action with a confirmation: to the path that the button `suite` names, else to the
    list that the field `retour` names, else to `page`. `place`: fragment of the result on `page`."""
    retour = own_path(request.form.get("suite") or request.form.get("retour"))
    confirm(phrase, voir=place if retour in (None, page) else f"{page}{place}")
    return redirect(retour or page, 303)
