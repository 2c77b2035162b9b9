"""Forms of the steps of a draft."""

from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from mse.core.database import read_id
from mse.core.text import lazy
from mse.core.web import BaseForm, NumberField, VersionedForm, Visible, idempotency_field
from mse.depot.limites import EFFECTIF_MAX, PARTIE_MAX, TITRE_MAX
from mse.fiches.api import MOTIF_MAX, MOTIF_MIN

QUESTIONS = {
    "probleme": lazy("Que se passe-t-il ?"),
    "causes": lazy("D’où vient ce problème ?"),
    "consequences": lazy("Qu’est-ce que cela entraîne ?"),
    "solution": lazy("Que proposez-vous ?"),
}


class CommencerForm(BaseForm):
    cle = idempotency_field()
    promotion_id = RadioField(
        lazy("Votre promotion"),
        coerce=read_id,
        validators=[InputRequired(lazy("Choisissez votre promotion."))],
    )
    theme_code = RadioField(
        lazy("De quoi s’agit-il ?"), validators=[InputRequired(lazy("Choisissez un thème."))]
    )
    # The texts of a fiche written without network, which the script of the page fills in
    titre = HiddenField(validators=[Visible(max=TITRE_MAX)])
    probleme = HiddenField(validators=[Visible(max=PARTIE_MAX)])
    causes = HiddenField(validators=[Visible(max=PARTIE_MAX)])
    consequences = HiddenField(validators=[Visible(max=PARTIE_MAX)])
    solution = HiddenField(validators=[Visible(max=PARTIE_MAX)])


class EtapeForm(BaseForm):
    """A step of a draft. `version`: that of its values when the page was read (see `read_etape`)."""

    version = HiddenField()

    @property
    def noms(self) -> list[str]:
        """Return the names of the fields that the step stores."""
        return [field.name for field in self if field.name not in ("csrf_token", "version")]


class ThemeForm(EtapeForm):
    theme_code = RadioField(
        lazy("De quoi s’agit-il ?"), validators=[InputRequired(lazy("Choisissez un thème."))]
    )


class ProblemeForm(EtapeForm):
    probleme = TextAreaField(QUESTIONS["probleme"], validators=[Visible(min=1, max=PARTIE_MAX)])
    titre = StringField(lazy("Un titre, en quelques mots"), validators=[Visible(min=1, max=TITRE_MAX)])


class CausesForm(EtapeForm):
    causes = TextAreaField(QUESTIONS["causes"], validators=[Visible(min=1, max=PARTIE_MAX)])


class ConsequencesForm(EtapeForm):
    consequences = TextAreaField(QUESTIONS["consequences"], validators=[Visible(min=1, max=PARTIE_MAX)])


class SolutionForm(EtapeForm):
    solution = TextAreaField(QUESTIONS["solution"], validators=[Visible(min=1, max=PARTIE_MAX)])


class EffectifForm(EtapeForm):
    effectif_concerne = NumberField(
        lazy("Combien de personnes sont concernées ?"),
        validators=[Optional(), NumberRange(1, EFFECTIF_MAX, lazy("Écrivez un nombre entre 1 et 100 000."))],
    )


class DestinatairesForm(EtapeForm):
    destinataires = SelectMultipleField(
        lazy("Qui peut agir ?"),
        coerce=read_id,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


class DepotForm(VersionedForm):
    insiste = BooleanField(
        lazy("Ces informations doivent rester : je demande une relecture avant publication")
    )


class MotifForm(BaseForm):
    """Form of a text that delegates add to a filed fiche."""

    texte = TextAreaField(lazy("Pourquoi ?"), validators=[Visible(min=MOTIF_MIN, max=MOTIF_MAX)])
