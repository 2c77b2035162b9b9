"""Forms of the pages where animateurs and administrateurs manage comptes."""

from wtforms import RadioField, SelectField, StringField
from wtforms.validators import InputRequired

from mse.comptes.api import PersonneForm
from mse.core.text import lazy
from mse.core.web import BaseForm, Visible, options


class MembreForm(PersonneForm):
    role = RadioField(
        lazy("Son rôle"),
        choices=options(
            [("animation", lazy("Équipe d’animation")), ("administration", lazy("Administration"))]
        ),
        validators=[InputRequired(lazy("Choisissez un rôle."))],
    )


class FiltresComptesForm(BaseForm):
    """Filters in the URL, hence without a CSRF token."""

    class Meta(BaseForm.Meta):
        csrf = False

    q = StringField(lazy("Prénom ou nom"), validators=[Visible(max=80)])
    etat = SelectField(
        lazy("État"),
        choices=options(
            [
                ("", lazy("Tous")),
                ("invite", lazy("Invité, pas encore venu")),
                ("actif", lazy("Actif")),
                ("ferme", lazy("Fermé")),
            ]
        ),
        default="",
    )
