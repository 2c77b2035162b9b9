"""Form to create or to change a promotion."""

from collections.abc import Callable

from wtforms import DateField, Field, SelectField, StringField, ValidationError
from wtforms.validators import InputRequired, NumberRange

from mse.annuaire.api import CommuneField
from mse.core.text import _, lazy
from mse.core.web import NumberField, VersionedForm, Visible

TITRE_MAX, COMMUNE_MAX, EFFECTIF_MAX = 160, 120, 1000


class JourField(DateField):
    """A date field whose error message says what is wrong and gives an example."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(lazy("Cette date n’existe pas. Exemple : 2026-09-29.")) from None


class PromotionForm(VersionedForm):
    """The view sets `lire_commune`, so that a wrong commune is reported together with the other errors."""

    lire_commune: Callable[[str, str], str]

    titre = StringField(lazy("Le titre de la formation"), validators=[Visible(min=1, max=TITRE_MAX)])
    commune = CommuneField(lazy("La commune"), validators=[Visible(min=1, max=COMMUNE_MAX)])
    debut = JourField(lazy("Premier jour"), validators=[InputRequired(lazy("Choisissez le premier jour."))])
    fin = JourField(lazy("Dernier jour"), validators=[InputRequired(lazy("Choisissez le dernier jour."))])
    effectif = NumberField(
        lazy("Combien de personnes ?"),
        validators=[
            InputRequired(lazy("Écrivez combien de personnes sont dans ce groupe.")),
            NumberRange(1, EFFECTIF_MAX, lazy("Écrivez un nombre entre 1 et 1 000.")),
        ],
    )
    succede_a = SelectField(lazy("Cette promotion en continue-t-elle une autre ?"), default="")

    def validate_fin(self, field: Field) -> None:
        if field.data and self.debut.data and field.data < self.debut.data:
            raise ValidationError(_("La fin de la formation est avant son début."))
