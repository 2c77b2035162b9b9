"""Forms of the figures and reports of acteurs."""

from wtforms import SelectField

from mse.core.text import lazy
from mse.core.web import BaseForm


class FiltresDifficultesForm(BaseForm):
    """Filters in the URL, hence without a CSRF token. The view sets the choices."""

    class Meta(BaseForm.Meta):
        csrf = False

    trimestre = SelectField(lazy("Trimestre"))
    territoire = SelectField(lazy("Territoire"))
