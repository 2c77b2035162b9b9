"""What people send about fiches."""

from typing import Any

from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from mse.core.database import read_id
from mse.core.textes import lazy
from mse.core.web import Formulaire, FormulaireVersionne, NombreField, Visible, cle_field, options
from mse.fiches.libelles import AVIS
from mse.fiches.limites import (
    EFFECTIF_MAX,
    MOTIF_MAX,
    MOTIF_MIN,
    PARTIE_MAX,
    REPONSE_MAX,
    REPONSE_MIN,
    TITRE_MAX,
)
from mse.fiches.workflow import Decision


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
