"""Forms of the confidential route."""

from wtforms import BooleanField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired

from mse.confidentiel.libelles import SUJETS
from mse.confidentiel.limites import CODE_MAX, TEXTE_MAX, TEXTE_MIN
from mse.core.text import lazy
from mse.core.web import BaseForm, Visible, idempotency_field, options


class SignalementForm(BaseForm):
    cle = idempotency_field()
    sujet = RadioField(
        lazy("C’est à propos de quoi\u202f?"),
        choices=options((sujet.value, mot) for sujet, mot in SUJETS.items()),
        validators=[InputRequired(lazy("Choisissez une réponse."))],
    )
    texte = TextAreaField(
        lazy("Que se passe-t-il\u202f?"), validators=[Visible(min=TEXTE_MIN, max=TEXTE_MAX)]
    )
    mineur = BooleanField(lazy("Une personne de moins de 18 ans est en danger"))
    avec_compte = BooleanField(lazy("Je signe avec mon compte\u202f: on lira mon prénom"))


class CodeForm(BaseForm):
    code = StringField(lazy("Mon code"), validators=[Visible(min=1, max=CODE_MAX)])


class MessageForm(BaseForm):
    cle = idempotency_field()
    texte = TextAreaField(lazy("Ajouter un message"), validators=[Visible(min=TEXTE_MIN, max=TEXTE_MAX)])


class ActeForm(BaseForm):
    """What a référent writes to the author. The use case requires a text, except to take the report."""

    cle = idempotency_field()
    texte = TextAreaField(lazy("Votre message à cette personne"), validators=[Visible(max=TEXTE_MAX)])
