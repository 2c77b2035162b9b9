"""Forms of reports."""

from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import HiddenInput

from mse.core.text import lazy
from mse.core.web import BaseForm, NumberField, Visible, email_field, idempotency_field, options
from mse.fiches.api import MOTIF_MAX, MOTIF_MIN
from mse.signalements.libelles import DECISIONS, RAISONS
from mse.signalements.limites import TEXTE_MAX, TEXTE_MIN


class SignalementForm(BaseForm):
    cle = idempotency_field()
    raison = RadioField(
        lazy("Qu’est-ce qui ne va pas\u202f?"),
        choices=options(RAISONS.items()),
        validators=[InputRequired(lazy("Choisissez une raison."))],
    )
    texte = TextAreaField(
        lazy("Quels mots, et pourquoi\u202f?"), validators=[Visible(min=TEXTE_MIN, max=TEXTE_MAX)]
    )
    courriel = email_field(lazy("Votre adresse électronique"), Optional())


class CodeForm(BaseForm):
    code = StringField(lazy("Le code de votre signalement"), validators=[Visible(min=1, max=60)])


class ContestationForm(BaseForm):
    texte = TextAreaField(
        lazy("Pourquoi n’êtes-vous pas d’accord\u202f?"), validators=[Visible(min=TEXTE_MIN, max=TEXTE_MAX)]
    )


class DecisionForm(BaseForm):
    """`dernier`: the last report that the page showed; later ones are not decided."""

    dernier = NumberField(widget=HiddenInput())
    decision = RadioField(
        lazy("Votre décision"),
        choices=options(DECISIONS.items()),
        validators=[InputRequired(lazy("Choisissez une décision."))],
    )
    motif = TextAreaField(
        lazy("Expliquez, pour qui a signalé"), validators=[Visible(min=MOTIF_MIN, max=MOTIF_MAX)]
    )
