"""Form of the display settings of a browser."""

from wtforms import RadioField

from mse.core.text import lazy
from mse.core.web import BaseForm, options


class AffichageForm(BaseForm):
    theme = RadioField(
        lazy("Apparence du site"),
        choices=options(
            [("light", lazy("Clair")), ("dark", lazy("Sombre")), ("auto", lazy("Comme mon appareil"))]
        ),
    )
