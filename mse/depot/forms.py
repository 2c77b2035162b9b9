"""What the steps of a draft send."""

from wtforms import (
    BooleanField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from mse.core.database import read_id
from mse.core.textes import lazy
from mse.core.web import Formulaire, FormulaireVersionne, NombreField, Visible, cle_field
from mse.depot.limites import EFFECTIF_MAX, PARTIE_MAX, TITRE_MAX


class CommencerForm(Formulaire):
    cle = cle_field()
    promotion_id = RadioField(
        lazy("Votre promotion"),
        coerce=read_id,
        validators=[InputRequired(lazy("Choisissez votre promotion."))],
    )
    theme_code = RadioField(
        lazy("De quoi s’agit-il ?"), validators=[InputRequired(lazy("Choisissez un thème."))]
    )


class ThemeForm(FormulaireVersionne):
    theme_code = RadioField(
        lazy("De quoi s’agit-il ?"), validators=[InputRequired(lazy("Choisissez un thème."))]
    )


class ProblemeForm(FormulaireVersionne):
    probleme = TextAreaField(lazy("Quel est le problème ?"), validators=[Visible(min=1, max=PARTIE_MAX)])
    titre = StringField(lazy("Un titre, en quelques mots"), validators=[Visible(min=1, max=TITRE_MAX)])


class CausesForm(FormulaireVersionne):
    causes = TextAreaField(lazy("D’où vient ce problème ?"), validators=[Visible(min=1, max=PARTIE_MAX)])


class ConsequencesForm(FormulaireVersionne):
    consequences = TextAreaField(
        lazy("Qu’est-ce que cela entraîne ?"), validators=[Visible(min=1, max=PARTIE_MAX)]
    )


class SolutionForm(FormulaireVersionne):
    solution = TextAreaField(lazy("Que proposez-vous ?"), validators=[Visible(min=1, max=PARTIE_MAX)])


class EffectifForm(FormulaireVersionne):
    effectif_concerne = NombreField(
        lazy("Combien de personnes sont concernées ?"),
        validators=[Optional(), NumberRange(1, EFFECTIF_MAX, lazy("Écrivez un nombre entre 1 et 100 000."))],
    )


class DestinatairesForm(FormulaireVersionne):
    destinataires = SelectMultipleField(
        lazy("Qui peut agir ?"),
        coerce=read_id,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


class DepotForm(FormulaireVersionne):
    insiste = BooleanField(
        lazy("Ces informations doivent rester : je demande une relecture avant publication")
    )
