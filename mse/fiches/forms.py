"""What people send about fiches."""

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
from mse.core.textes import lazy
from mse.core.web import Formulaire, FormulaireVersionne, Visible, options
from mse.fiches.libelles import AVIS
from mse.fiches.limites import (
    MOTIF_MAX,
    MOTIF_MIN,
    REPONSE_MAX,
    REPONSE_MIN,
)
from mse.fiches.workflow import Decision


class ReponseForm(FormulaireVersionne):
    """Of répondre, régler, abandonner."""

    texte = TextAreaField(lazy("Votre réponse"), validators=[Visible(min=REPONSE_MIN, max=REPONSE_MAX)])
    file = HiddenField()  # the queue to come back to


class MotifForm(Formulaire):
    texte = TextAreaField(lazy("Pourquoi ?"), validators=[Visible(min=MOTIF_MIN, max=MOTIF_MAX)])


class ReouvertureForm(FormulaireVersionne):
    """Of the owner, who may be two at once."""

    texte = TextAreaField(lazy("Pourquoi ?"), validators=[Visible(min=MOTIF_MIN, max=MOTIF_MAX)])


class PassageForm(FormulaireVersionne):
    """Of transférer and élargir; the acteurs to choose from are given by the view."""

    acteur_id = RadioField(
        lazy("À qui ?"),
        coerce=read_id,
        validate_choice=False,
        validators=[DataRequired(lazy("Choisissez un service ou un organisme."))],
    )
    texte = TextAreaField(lazy("Pourquoi ?"), validators=[Visible(min=MOTIF_MIN, max=MOTIF_MAX)])


class AvisForm(FormulaireVersionne):
    valeur = RadioField(
        lazy("Cette réponse vous a-t-elle aidé ?"),
        choices=options(AVIS.items()),
        validators=[InputRequired(lazy("Choisissez une des trois réponses."))],
    )
    commentaire = TextAreaField(lazy("Dites-en plus"), validators=[Visible(max=MOTIF_MAX)])


class _Decide(Visible):
    """Not to reopen needs as much as an answer: the rule of what was chosen is the one told."""

    def __init__(self) -> None:
        super().__init__(max=REPONSE_MAX)
        self.field_flags["required"] = True

    def __call__(self, form: Any, field: Field) -> None:
        non = form.decision.data in (Decision.REFUSER, Decision.REJETER)
        Visible(min=REPONSE_MIN if non else MOTIF_MIN, max=self.max)(form, field)


class DemandeForm(Formulaire):
    """The owner, or an animateur, on a request to reopen."""

    decision = RadioField(
        lazy("Votre décision"), validators=[InputRequired(lazy("Choisissez une décision."))]
    )
    texte = TextAreaField(lazy("Expliquez"), validators=[_Decide()])
    file = HiddenField()  # the queue to come back to


class ModerationForm(FormulaireVersionne):
    decision = RadioField(
        lazy("Votre décision"), validators=[InputRequired(lazy("Choisissez une décision."))]
    )
    motif = TextAreaField(lazy("Pourquoi ? Les délégué·es le liront"), validators=[Visible(max=MOTIF_MAX)])


class OrientationForm(Formulaire):
    acteurs = SelectMultipleField(
        lazy("À qui confier cette fiche ?"),
        coerce=read_id,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
