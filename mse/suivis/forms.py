"""Forms of follows."""

from wtforms.validators import InputRequired

from mse.core.text import lazy
from mse.core.web import BaseForm, email_field


class SuiviForm(BaseForm):
    courriel = email_field(lazy("Votre adresse"), InputRequired(lazy("Écrivez votre adresse.")))
