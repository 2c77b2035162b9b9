"""Forms of moderation."""

from wtforms import RadioField, SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from mse.core.database import read_id
from mse.core.text import lazy
from mse.core.web import BaseForm, VersionedForm, Visible
from mse.fiches.api import MOTIF_MAX, MOTIF_MIN


class MotifForm(BaseForm):
    texte = TextAreaField(lazy("Pourquoi ?"), validators=[Visible(min=MOTIF_MIN, max=MOTIF_MAX)])


class ModerationForm(VersionedForm):
    decision = RadioField(
        lazy("Votre décision"), validators=[InputRequired(lazy("Choisissez une décision."))]
    )
    motif = TextAreaField(lazy("Pourquoi ? Les délégué·es le liront"), validators=[Visible(max=MOTIF_MAX)])


class OrientationForm(BaseForm):
    acteurs = SelectMultipleField(
        lazy("À qui confier cette fiche ?"),
        coerce=read_id,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
