"""Forms of fiches."""

from wtforms import HiddenField, MultipleFileField, TextAreaField

from mse.core.text import lazy
from mse.core.web import BaseForm, VersionedForm, Visible
from mse.fiches.limites import MOTIF_MAX, MOTIF_MIN, REPONSE_MAX, REPONSE_MIN


class ReponseForm(VersionedForm):
    """Form to answer, to declare solved or to abandon."""

    texte = TextAreaField(lazy("Votre réponse"), validators=[Visible(min=REPONSE_MIN, max=REPONSE_MAX)])
    fichiers = MultipleFileField(lazy("Joindre des photos ou des documents"))
    retour = HiddenField()  # path of the queue to return to


class MotifForm(BaseForm):
    texte = TextAreaField(lazy("Pourquoi ?"), validators=[Visible(min=MOTIF_MIN, max=MOTIF_MAX)])


class ReouvertureForm(VersionedForm):
    """Form with which the owner reopens a saisine. It has a version, because two agents may act at once."""

    texte = TextAreaField(lazy("Pourquoi ?"), validators=[Visible(min=MOTIF_MIN, max=MOTIF_MAX)])
