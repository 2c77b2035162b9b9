"""What those who manage accounts send."""

from wtforms import RadioField, SelectField, StringField
from wtforms.validators import InputRequired

from mse.comptes.api import PersonneForm
from mse.core.textes import lazy
from mse.core.web import Formulaire, Visible, options


class MembreForm(PersonneForm):
    role = RadioField(
        lazy("Son rôle"),
        choices=options(
            [("animation", lazy("Équipe d’animation")), ("administration", lazy("Administration"))]
        ),
        validators=[InputRequired(lazy("Choisissez un rôle."))],
    )


class FiltresComptesForm(Formulaire):
    """Filters in the URL, hence without a CSRF token."""

    class Meta(Formulaire.Meta):
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
