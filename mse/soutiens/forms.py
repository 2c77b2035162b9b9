"""Forms of soutiens."""

from wtforms import RadioField
from wtforms.validators import InputRequired, NumberRange
from wtforms.widgets import HiddenInput

from mse.core.database import ID_MAX, read_id
from mse.core.text import lazy
from mse.core.web import BaseForm, NumberField
from mse.soutiens.limites import PERSONNES_MAX


class SoutienForm(BaseForm):
    promotion_id = RadioField(
        lazy("Votre promotion"),
        coerce=read_id,
        validators=[InputRequired(lazy("Choisissez votre promotion."))],
    )
    personnes = NumberField(
        lazy("Combien de personnes de votre promotion ont ce problème\u202f?"),
        validators=[
            InputRequired(lazy("Écrivez combien de personnes ont ce problème.")),
            NumberRange(
                1, PERSONNES_MAX, lazy("Écrivez un nombre entre 1 et l’effectif de votre promotion.")
            ),
        ],
    )


class RetraitForm(BaseForm):
    promotion_id = NumberField(widget=HiddenInput(), validators=[NumberRange(1, ID_MAX)])
