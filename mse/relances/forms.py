"""Form of an extension."""

from wtforms import SelectField, TextAreaField
from wtforms.validators import DataRequired

from mse.core.database import read_id
from mse.core.text import lazy
from mse.core.web import VersionedForm, Visible
from mse.fiches.api import MOTIF_MAX, MOTIF_MIN


class ProlongationForm(VersionedForm):
    """Form to postpone an answer. The view sets the choices, each with its due date."""

    jours = SelectField(
        lazy("Combien de temps de plus ?"),
        coerce=read_id,
        validate_choice=False,
        validators=[DataRequired(lazy("Choisissez un nombre de jours."))],
    )
    texte = TextAreaField(lazy("Pourquoi ?"), validators=[Visible(min=MOTIF_MIN, max=MOTIF_MAX)])
