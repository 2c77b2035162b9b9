"""Forms of similar fiches and merges."""

from wtforms import StringField
from wtforms.validators import InputRequired, NumberRange
from wtforms.widgets import HiddenInput

from mse.core.database import ID_MAX
from mse.core.text import lazy
from mse.core.web import BaseForm, NumberField


class ChoixForm(BaseForm):
    avec = StringField(
        lazy("Numéro de l’autre fiche"), validators=[InputRequired(lazy("Écrivez le numéro d’une fiche."))]
    )


class ReunionForm(BaseForm):
    """`autre_id`: the other fiche that the page compared. The button names the main one."""

    autre_id = NumberField(widget=HiddenInput(), validators=[NumberRange(1, ID_MAX)])
    principale_id = NumberField(validators=[NumberRange(1, ID_MAX)])


class TexteForm(BaseForm):
    """The title and the problem of a draft, as they are typed."""

    titre = StringField()
    probleme = StringField()
