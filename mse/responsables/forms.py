"""The form to choose an owner."""

from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.validators import DataRequired

from mse.core.database import read_id
from mse.core.text import lazy
from mse.core.web import VersionedForm, Visible
from mse.fiches.api import MOTIF_MAX, MOTIF_MIN


class ResponsableForm(VersionedForm):
    """Form to transfer a saisine and to add an owner. The view sets the choices of acteurs."""

    retour = HiddenField()  # path of the list to return to
    acteur_id = RadioField(
        lazy("À qui ?"),
        coerce=read_id,
        validate_choice=False,
        validators=[DataRequired(lazy("Choisissez un service ou un organisme."))],
    )
    texte = TextAreaField(lazy("Pourquoi ?"), validators=[Visible(min=MOTIF_MIN, max=MOTIF_MAX)])
