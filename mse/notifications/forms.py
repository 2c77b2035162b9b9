"""Forms of notifications."""

from wtforms import HiddenField, IntegerField
from wtforms.validators import AnyOf, InputRequired
from wtforms.widgets import HiddenInput

from mse.core.web import BaseForm
from mse.notifications.refus import Titulaire


class ReprendreForm(BaseForm):
    """Whose address works again."""

    titulaire = HiddenField(validators=[AnyOf(list(Titulaire))])
    titulaire_id = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
