"""Form of an absence."""

from wtforms import BooleanField, DateField, RadioField
from wtforms.validators import DataRequired

from mse.core.database import read_id
from mse.core.text import lazy
from mse.core.web import BaseForm


class AbsenceForm(BaseForm):
    debut = DateField(lazy("Premier jour"), validators=[DataRequired(lazy("Écrivez une date."))])
    fin = DateField(lazy("Dernier jour"), validators=[DataRequired(lazy("Écrivez une date."))])
    remplacant_id = RadioField(
        lazy("Qui vous remplace ?"),
        coerce=read_id,
        validate_choice=False,
        validators=[DataRequired(lazy("Choisissez une personne de l’équipe."))],
    )
    garde_courriels = BooleanField(lazy("Envoyer aussi les courriels à la personne absente"))
