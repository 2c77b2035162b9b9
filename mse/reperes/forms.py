"""Forms of repères. The view sets the choices of thèmes and territoires."""

from wtforms import DateField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from mse.core.database import ID_MAX
from mse.core.text import _, clean, lazy
from mse.core.web import NumberField, VersionedForm, Visible, idempotency_field
from mse.reperes.limites import (
    BASE_MAX,
    LIEN_MAX,
    MOTIF_MAX,
    MOTIF_MIN,
    TEXTE_MAX,
    TEXTE_MIN,
    TITRE_MAX,
)


class _JourField(DateField):
    """A date. The error message shows the format to type."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("Écrivez une date, par exemple 15/09/2026.")) from None


class _CodesField(SelectMultipleField):
    """Checkboxes of codes. The use case checks them, so that a wrong one gets a sentence."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: object, **kwargs: object) -> None:
        super().__init__(label, coerce=lambda code: clean(str(code)), validate_choice=False, **kwargs)


class RepereForm(VersionedForm):
    titre = StringField(lazy("Titre"), validators=[Visible(min=1, max=TITRE_MAX)])
    texte = TextAreaField(lazy("Ce qui vaut"), validators=[Visible(min=TEXTE_MIN, max=TEXTE_MAX)])
    themes = _CodesField(lazy("Thèmes"), validators=[InputRequired(lazy("Choisissez au moins un thème."))])
    territoires = _CodesField(
        lazy("Territoires"), validators=[InputRequired(lazy("Choisissez au moins un territoire."))]
    )
    base = StringField(lazy("Sur quoi il repose"), validators=[Visible(min=1, max=BASE_MAX)])
    base_lien = StringField(lazy("Lien vers le texte"), validators=[Visible(max=LIEN_MAX)])
    valable_du = _JourField(
        lazy("Vaut depuis le"), validators=[InputRequired(lazy("Dites depuis quand ce repère vaut."))]
    )
    a_revoir_le = _JourField(
        lazy("À revoir le"), validators=[InputRequired(lazy("Dites quand ce repère sera à revoir."))]
    )


class BrouillonForm(RepereForm):
    """A draft may be incomplete; the last page before publication checks it."""

    titre = StringField(lazy("Titre"), validators=[Visible(min=1, max=TITRE_MAX)])
    texte = TextAreaField(lazy("Ce qui vaut"), validators=[Visible(max=TEXTE_MAX)])
    themes = _CodesField(lazy("Thèmes"))
    territoires = _CodesField(lazy("Territoires"))
    base = StringField(lazy("Sur quoi il repose"), validators=[Visible(max=BASE_MAX)])
    valable_du = _JourField(lazy("Vaut depuis le"), validators=[Optional()])
    a_revoir_le = _JourField(lazy("À revoir le"), validators=[Optional()])


class NouveauRepereForm(BrouillonForm):
    cle = idempotency_field()


class VersionForm(RepereForm):
    motif = TextAreaField(
        lazy("Ce qui change, et pourquoi"), validators=[Visible(min=MOTIF_MIN, max=MOTIF_MAX)]
    )


class RevueForm(VersionedForm):
    a_revoir_le = _JourField(
        lazy("À revoir de nouveau le"),
        validators=[InputRequired(lazy("Dites quand ce repère sera à revoir."))],
    )


class RetraitForm(VersionedForm):
    motif = TextAreaField(lazy("Pourquoi\u202f?"), validators=[Visible(min=MOTIF_MIN, max=MOTIF_MAX)])


class RemplacementForm(VersionedForm):
    autre_id = NumberField(
        lazy("Numéro du repère qui le remplace"),
        validators=[
            InputRequired(lazy("Écrivez le numéro du repère.")),
            NumberRange(1, ID_MAX, lazy("Ce numéro n’est pas celui d’un repère.")),
        ],
    )
    motif = TextAreaField(lazy("Pourquoi\u202f?"), validators=[Visible(min=MOTIF_MIN, max=MOTIF_MAX)])


class LienForm(VersionedForm):
    fiche_id = NumberField(
        lazy("Numéro de la fiche"),
        validators=[
            InputRequired(lazy("Écrivez le numéro de la fiche.")),
            NumberRange(1, ID_MAX, lazy("Ce numéro n’est pas celui d’une fiche.")),
        ],
    )
