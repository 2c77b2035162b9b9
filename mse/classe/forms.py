"""Forms of class fiches."""

from wtforms import StringField, TextAreaField

from mse.classe.workflow import PRENOM_MAX, TEXTE_MAX
from mse.core.text import lazy
from mse.core.web import BaseForm, Visible, idempotency_field


class ContributionForm(BaseForm):
    cle = idempotency_field()
    texte = TextAreaField(lazy("Votre idée"), validators=[Visible(min=1, max=TEXTE_MAX)])


class SignatureForm(BaseForm):
    prenom = StringField(lazy("Votre prénom"), validators=[Visible(min=1, max=PRENOM_MAX)])


class RepriseForm(BaseForm):
    texte = TextAreaField(lazy("Le texte à mettre dans la fiche"), validators=[Visible(min=1, max=TEXTE_MAX)])


class CodeForm(BaseForm):
    code = StringField(lazy("Le code de l’affiche"), validators=[Visible(min=1, max=40)])


class MotForm(BaseForm):
    cle = idempotency_field()
    texte = TextAreaField(lazy("Votre mot"), validators=[Visible(min=1, max=TEXTE_MAX)])
    prenom = StringField(lazy("Votre prénom"), validators=[Visible(max=PRENOM_MAX)])
