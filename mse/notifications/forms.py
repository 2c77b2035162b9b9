"""Forms of notifications."""

from collections.abc import Mapping, Sequence

from wtforms import HiddenField, SelectField
from wtforms.validators import AnyOf, InputRequired, NumberRange
from wtforms.widgets import HiddenInput

from mse.core.database import ID_MAX
from mse.core.text import _, lazy
from mse.core.web import BaseForm, NumberField, options
from mse.notifications.reception import FAMILLES, RYTHMES, Famille, Rythme
from mse.notifications.refus import Titulaire


class ReprendreForm(BaseForm):
    """Form to declare that the address of an account or of an acteur works again."""

    titulaire = HiddenField(validators=[AnyOf(list(Titulaire))])
    titulaire_id = NumberField(widget=HiddenInput(), validators=[InputRequired(), NumberRange(1, ID_MAX)])


class ReceptionForm(BaseForm):
    """Form of the reception preferences: a frequency for each family, and the hour of the digest.
    `reception_form` adds the families, which depend on the person."""

    heure = SelectField(lazy("Heure du résumé"), coerce=int)


def reception_form(
    familles: Sequence[Famille], rythmes: Mapping[Famille, Rythme], heure: int
) -> ReceptionForm:
    """Return the form with one field for each family, filled with the present preferences."""
    champs = {
        famille.value: SelectField(
            FAMILLES[famille], choices=options((rythme.value, mot) for rythme, mot in RYTHMES.items())
        )
        for famille in familles
    }
    form_class = type("ReceptionForm", (ReceptionForm,), champs)
    form: ReceptionForm = form_class(
        heure=heure, **{famille.value: rythmes[famille].value for famille in familles}
    )
    form.heure.choices = options((h, _("%(heure)s h", heure=h)) for h in range(24))
    return form
