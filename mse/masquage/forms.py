"""Forms of the masking of passages."""

from wtforms import SubmitField, TextAreaField

from mse.core.text import lazy
from mse.core.web import BaseForm, Visible
from mse.masquage.limites import MOTS_MAX, MOTS_MIN


class PassageForm(BaseForm):
    """First the words alone, to see where they stand; then the reason and the button `masquer`."""

    mots = TextAreaField(lazy("Les mots à masquer"), validators=[Visible(min=MOTS_MIN, max=MOTS_MAX)])
    motif = TextAreaField(lazy("Pourquoi\u202f?"))
    masquer = SubmitField()
