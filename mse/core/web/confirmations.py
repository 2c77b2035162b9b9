"""Confirmations: the sentence shown on top of the next page, where `layouts/_messages.html` sets the focus.

A redirect after an act has no fragment: the browser would scroll past the sentence and ignore `autofocus`.
"""

from flask import flash
from markupsafe import Markup

from mse.core.textes import _


def confirm(phrase: str, *, voir: str = "") -> None:
    """Say what was done; `voir`: the id of the changed part of the next page, offered as a link."""
    if voir:
        phrase = Markup('{} <a href="#{}">{}</a>').format(phrase, voir, _("Voir plus bas"))
    flash(phrase, "succes")
