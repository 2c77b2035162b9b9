"""Form of the page that checks a code."""

from wtforms import StringField

from mse.core.text import lazy
from mse.core.web import BaseForm, Visible


class CodeForm(BaseForm):
    code = StringField(lazy("Le code de l’attestation"), validators=[Visible(min=1, max=60)])
