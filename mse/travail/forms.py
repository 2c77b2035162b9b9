"""Form of the work of a team."""

from wtforms import HiddenField, RadioField

from mse.core.text import lazy
from mse.core.web import BaseForm


class AttributionForm(BaseForm):
    """Who has a saisine. The view sets the choices; the first one is the team."""

    retour = HiddenField()  # path of the queue to return to
    avant = HiddenField()  # who has it on the page
    a_qui = RadioField(lazy("Qui s’en occupe ?"), validate_choice=False)
