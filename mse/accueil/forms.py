"""Forms: display settings of a browser; the answer that is written inside the queue."""

from wtforms import MultipleFileField, RadioField, TextAreaField

from mse.core.text import lazy
from mse.core.web import BaseForm, VersionedForm, Visible, options
from mse.fiches.api import REPONSE_MAX, REPONSE_MIN


class AffichageForm(BaseForm):
    theme = RadioField(
        lazy("Apparence du site"),
        choices=options(
            [("light", lazy("Clair")), ("dark", lazy("Sombre")), ("auto", lazy("Comme mon appareil"))]
        ),
    )


class ReponseForm(VersionedForm):
    """Form of an answer, shown inside the queue; its POST goes to the page to answer."""

    texte = TextAreaField(lazy("Votre réponse"), validators=[Visible(min=REPONSE_MIN, max=REPONSE_MAX)])
    fichiers = MultipleFileField(lazy("Joindre des photos ou des documents"))
