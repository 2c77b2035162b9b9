"""Confirmation messages on top of the next page, where `layouts/_messages.html` sets the focus.

A redirect after a POST has no fragment: the browser would scroll past the message and ignore `autofocus`.
"""

from flask import flash
from markupsafe import Markup

from mse.core.text import _


def confirm(phrase: str, *, voir: str = "") -> None:
    """Show a confirmation. `voir`: link to the result, a fragment of the next page or another path."""
    if voir:
        mot = _("Voir plus bas") if voir.startswith("#") else _("Voir la fiche")
        phrase = Markup('{} <a href="{}">{}</a>').format(phrase, voir, mot)
    flash(phrase, "succes")
