"""Forms of answer templates and drafts. The view sets the choices of thèmes."""

from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Optional

from mse.core.errors import DonneeInvalide
from mse.core.text import _, lazy
from mse.core.web import BaseForm, NumberField, VersionedForm, Visible, idempotency_field, options
from mse.fiches.api import MOTIF_MAX, MOTIF_MIN, REPONSE_MAX
from mse.redaction.libelles import GESTES
from mse.redaction.limites import TITRE_MAX
from mse.redaction.placeholders import check_placeholders
from mse.redaction.workflow import Geste


class _JourField(DateField):
    """Optional date. The error message shows the format to type."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("Écrivez une date, par exemple 15/09/2026.")) from None


class ModeleForm(VersionedForm):
    titre = StringField(lazy("Nom du modèle"), validators=[Visible(min=1, max=TITRE_MAX)])
    geste = RadioField(
        lazy("Pour"),
        choices=options(GESTES.items()),
        default=Geste.REPONDRE,
        validators=[InputRequired(lazy("Choisissez à quoi sert ce modèle."))],
    )
    theme_code = SelectField(lazy("Thème"), default="")
    texte = TextAreaField(lazy("Texte"), validators=[Visible(min=1, max=REPONSE_MAX)])
    debut = _JourField(lazy("Proposé à partir du"), validators=[Optional()])
    fin = _JourField(lazy("Proposé jusqu’au"), validators=[Optional()])

    def validate_texte(self, field: Any) -> None:
        try:
            check_placeholders(field.data or "")
        except DonneeInvalide as refus:
            raise ValidationError(str(refus)) from None

    def validate_fin(self, field: Any) -> None:
        if field.data and self.debut.data and field.data < self.debut.data:
            raise ValidationError(_("Cette date vient avant la première\u202f: échangez-les."))


class NouveauModeleForm(ModeleForm):
    cle = idempotency_field()


class ModeleExistantForm(ModeleForm):
    archive = BooleanField(lazy("Archivé\u202f: ne plus le proposer"))


class BrouillonForm(VersionedForm):
    """The fields of the form of an answer that the buttons below it send: its text, and the template to
    insert."""

    texte = TextAreaField(lazy("Votre texte"), validators=[Visible(max=REPONSE_MAX)])
    retour = HiddenField()  # path of the queue to return to
    modele = NumberField()
    autre_modele = NumberField()
    retirer = NumberField()  # a file


class MotifForm(BaseForm):
    texte = TextAreaField(lazy("Pourquoi\u202f?"), validators=[Visible(min=MOTIF_MIN, max=MOTIF_MAX)])
