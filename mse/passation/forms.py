"""Form of the word for the next delegates."""

from wtforms import TextAreaField

from mse.core.text import lazy
from mse.core.web import BaseForm, Visible
from mse.passation.limites import MOT_MAX


class MotForm(BaseForm):
    texte = TextAreaField(
        lazy("Votre mot pour la personne qui prendra la suite"), validators=[Visible(min=1, max=MOT_MAX)]
    )
