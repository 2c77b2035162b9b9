"""Forms of fiches."""

from typing import Any

from wtforms import (
    Field,
    HiddenField,
    RadioField,
    SelectMultipleField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from mse.core.database import read_id
from mse.core.text import lazy
from mse.core.web import BaseForm, VersionedForm, Visible, options
from mse.fiches.libelles import AVIS
from mse.fiches.limites import (
    MOTIF_MAX,
    MOTIF_MIN,
    REPONSE_MAX,
    REPONSE_MIN,
)
from mse.fiches.workflow import Decision


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


class AvisForm(VersionedForm):
    valeur = RadioField(
        lazy("Cette réponse vous a-t-elle aidé ?"),
        choices=options(AVIS.items()),
        validators=[InputRequired(lazy("Choisissez une des trois réponses."))],
    )
    commentaire = TextAreaField(lazy("Dites-en plus"), validators=[Visible(max=MOTIF_MAX)])


class _Decide(Visible):
    """Minimum length by decision: declining as an answer, accepting as a reason."""

    def __init__(self) -> None:
        super().__init__(max=REPONSE_MAX)
        self.field_flags["required"] = True

    def __call__(self, form: Any, field: Field) -> None:
        non = form.decision.data in (Decision.REFUSER, Decision.REJETER)
        Visible(min=REPONSE_MIN if non else MOTIF_MIN, max=self.max)(form, field)


class DemandeForm(BaseForm):
    """Decision of the owner or of an animateur on a request to reopen."""

    decision = RadioField(
        lazy("Votre décision"), validators=[InputRequired(lazy("Choisissez une décision."))]
    )
    texte = TextAreaField(lazy("Expliquez"), validators=[_Decide()])
    retour = HiddenField()  # path of the queue to return to


class ModerationForm(VersionedForm):
    decision = RadioField(
        lazy("Votre décision"), validators=[InputRequired(lazy("Choisissez une décision."))]
    )
    motif = TextAreaField(lazy("Pourquoi ? Les délégué·es le liront"), validators=[Visible(max=MOTIF_MAX)])


class OrientationForm(BaseForm):
    acteurs = SelectMultipleField(
        lazy("À qui confier cette fiche ?"),
        coerce=read_id,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
