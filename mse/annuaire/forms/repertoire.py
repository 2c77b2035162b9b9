"""Filters of the public directory."""

from wtforms import SelectField, StringField
from wtforms.validators import Length

from mse.annuaire.models import Nature
from mse.core.text import lazy
from mse.core.web import BaseForm, options

NATURES = {Nature.SERVICE: lazy("Services"), Nature.ORGANISME: lazy("Organismes de formation")}


class FiltresSansCompteForm(BaseForm):
    """Filters in the URL, hence without a CSRF token."""

    class Meta(BaseForm.Meta):
        csrf = False

    nature = SelectField(lazy("Qui"), choices=options([("", lazy("Tous")), *NATURES.items()]), default="")
    q = StringField(lazy("Nom"), validators=[Length(max=80)])

    def get_nature(self) -> Nature | None:
        return Nature(self.nature.data) if self.nature.data else None


class FiltresActeursForm(FiltresSansCompteForm):
    """The view sets the choices of `theme` and `territoire`."""

    theme = SelectField(lazy("Thème"), default="")
    territoire = SelectField(lazy("Territoire"), default="")
