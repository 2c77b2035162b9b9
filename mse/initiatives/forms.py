"""Forms of initiatives."""

from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, NumberRange

from mse.core.database import ID_MAX
from mse.core.text import lazy
from mse.core.web import BaseForm, NumberField, VersionedForm, Visible, idempotency_field
from mse.initiatives.limites import DESCRIPTION_MAX, MOT_MAX, MOT_MIN, NOUVELLE_MAX, TITRE_MAX


class _PorteurForm(BaseForm):
    """Base class that puts its field first: error messages are listed in the order of the page."""

    porteur = SelectField(
        lazy("Qui la porte ?"), validators=[InputRequired(lazy("Choisissez qui la porte."))], default=""
    )


class InitiativeForm(VersionedForm):
    titre = StringField(lazy("Un titre, en quelques mots"), validators=[Visible(min=1, max=TITRE_MAX)])
    theme_code = SelectField(
        lazy("Thème"), validators=[InputRequired(lazy("Choisissez un thème."))], default=""
    )
    description = TextAreaField(
        lazy("Que voulez-vous construire ?"), validators=[Visible(min=MOT_MIN, max=DESCRIPTION_MAX)]
    )
    besoins = TextAreaField(lazy("Ce qu’il vous faut"), validators=[Visible(max=DESCRIPTION_MAX)])


class PropositionForm(InitiativeForm, _PorteurForm):
    cle = idempotency_field()


class AvancementForm(VersionedForm):
    mot = TextAreaField(lazy("Un mot d’explication"), validators=[Visible(max=MOT_MAX)])


class ExplicationForm(VersionedForm):
    """Form of a transition that requires an explanation."""

    mot = TextAreaField(lazy("Un mot d’explication"), validators=[Visible(min=MOT_MIN, max=MOT_MAX)])


class NouvelleForm(BaseForm):
    texte = TextAreaField(lazy("Les nouvelles"), validators=[Visible(min=1, max=NOUVELLE_MAX)])


class PorteurForm(BaseForm):
    porteur = SelectField(
        lazy("Qui la porte aussi ?"), validators=[InputRequired(lazy("Choisissez qui la porte."))], default=""
    )


class LienForm(BaseForm):
    fiche_id = NumberField(
        lazy("Numéro de la fiche"),
        validators=[
            InputRequired(lazy("Écrivez le numéro de la fiche.")),
            NumberRange(1, ID_MAX, lazy("Ce numéro n’est pas celui d’une fiche.")),
        ],
    )


class MotifForm(BaseForm):
    texte = TextAreaField(lazy("Pourquoi ?"), validators=[Visible(min=MOT_MIN, max=MOT_MAX)])
