"""What a visitor chooses in the directory."""

from wtforms import SelectField, StringField
from wtforms.validators import Length

from mse.annuaire.models import Nature
from mse.core.textes import lazy
from mse.core.web import Formulaire, options

NATURES = {Nature.SERVICE: lazy("Services"), Nature.ORGANISME: lazy("Organismes de formation")}


class FiltresActeursForm(Formulaire):
    """In the URL: nothing secret, no token. Choices of thème and territoire are given by the view."""

    class Meta(Formulaire.Meta):
        csrf = False

    theme = SelectField(lazy("Thème"), default="")
    territoire = SelectField(lazy("Territoire"), default="")
    nature = SelectField(lazy("Qui"), choices=options([("", lazy("Tous")), *NATURES.items()]), default="")
    q = StringField(lazy("Nom"), validators=[Length(max=80)])
