"""Forms of bulletins."""

from wtforms import DateField, StringField, TextAreaField
from wtforms.validators import InputRequired

from mse.core.text import lazy
from mse.core.web import SuppressionForm, VersionedForm, Visible, idempotency_field
from mse.meteo.limites import TEXTE_MAX, TEXTE_MIN, TITRE_MAX


class BulletinForm(VersionedForm):
    cle = idempotency_field()
    titre = StringField(lazy("Titre"), validators=[Visible(min=1, max=TITRE_MAX)])
    jour = DateField(
        lazy("Les chiffres au"), validators=[InputRequired(lazy("Choisissez le jour des chiffres."))]
    )
    texte = TextAreaField(lazy("Vos mots"), validators=[Visible(min=TEXTE_MIN, max=TEXTE_MAX)])


class BulletinSupprimeForm(VersionedForm, SuppressionForm):
    """The version in the form makes sure that the deleted draft is the one that was displayed."""
