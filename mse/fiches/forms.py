"""Forms of fiches."""

from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.validators import DataRequired

from mse.core.database import read_id
from mse.core.text import lazy
from mse.core.web import BaseForm, VersionedForm, Visible
from mse.fiches.limites import MOTIF_MAX, MOTIF_MIN, REPONSE_MAX, REPONSE_MIN


class ReponseForm(VersionedForm):
    """Form of répondre, régler and abandonner."""

    texte = TextAreaField(lazy("Votre réponse"), validators=[Visible(min=REPONSE_MIN, max=REPONSE_MAX)])
    retour = HiddenField()  # path of the queue to return to


class MotifForm(BaseForm):
    texte = TextAreaField(lazy("Pourquoi ?"), validators=[Visible(min=MOTIF_MIN, max=MOTIF_MAX)])


class ReouvertureForm(VersionedForm):
    """Form of the owner. It is versioned, because two agents may act at once."""

    texte = TextAreaField(lazy("Pourquoi ?"), validators=[Visible(min=MOTIF_MIN, max=MOTIF_MAX)])


class PassageForm(VersionedForm):
    """Form of transférer and élargir. The view sets the choices of acteurs."""

    retour = HiddenField()  # path of the list to return to
    acteur_id = RadioField(
        lazy("À qui ?"),
        coerce=read_id,
        validate_choice=False,
        validators=[DataRequired(lazy("Choisissez un service ou un organisme."))],
    )
    texte = TextAreaField(lazy("Pourquoi ?"), validators=[Visible(min=MOTIF_MIN, max=MOTIF_MAX)])
