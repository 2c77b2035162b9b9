"""Forms about accounts. Passwords are taken as typed, without trimming."""

from collections.abc import Collection

from wtforms import Field, HiddenField, PasswordField, StringField, ValidationError
from wtforms.validators import DataRequired, EqualTo, InputRequired, Length, StopValidation

from mse.comptes.mots_de_passe import reproche
from mse.core.text import _, lazy
from mse.core.web import BaseForm, Visible, email_field

NOM_MAX, COURRIEL_MAX, CODE_MAX = 80, 254, 60


class ConnexionForm(BaseForm):
    courriel = StringField(
        lazy("Adresse électronique ou identifiant"),
        validators=[
            DataRequired(lazy("Écrivez votre adresse électronique, ou l’identifiant de votre feuille.")),
            Length(max=COURRIEL_MAX, message=lazy("C’est trop long.")),
        ],
    )
    mot_de_passe = PasswordField(
        lazy("Mot de passe"), validators=[InputRequired(lazy("Écrivez votre mot de passe."))]
    )
    next = HiddenField()


def _exige_une_adresse(form: BaseForm, field: Field) -> None:
    if not field.data:
        raise StopValidation(_("Écrivez votre adresse électronique."))
    if "@" not in field.data:
        raise StopValidation(
            _(
                "Ce n’est pas une adresse électronique. Votre compte n’en a pas ? "
                "Demandez une nouvelle feuille à la personne qui vous a inscrit·e."
            )
        )


class AdresseForm(BaseForm):
    """Form of the address to which a link is mailed. The page does not reveal whether an account has this
    address."""

    courriel = email_field(lazy("Adresse électronique"), _exige_une_adresse)


class CodeForm(BaseForm):
    code = StringField(
        lazy("Code d’invitation"),
        validators=[
            DataRequired(lazy("Recopiez le code de votre feuille.")),
            Length(max=CODE_MAX, message=lazy("Ce n’est pas un code : il est trop long.")),
        ],
    )


class IdentiteForm(BaseForm):
    prenom = StringField(
        lazy("Prénom"), validators=[DataRequired(lazy("Écrivez votre prénom.")), Visible(min=1, max=NOM_MAX)]
    )
    nom = StringField(
        lazy("Nom"), validators=[DataRequired(lazy("Écrivez votre nom.")), Visible(min=1, max=NOM_MAX)]
    )


class CourrielForm(BaseForm):
    courriel = email_field(
        lazy("Nouvelle adresse électronique"), DataRequired(lazy("Écrivez votre nouvelle adresse."))
    )
    mot_de_passe = PasswordField(
        lazy("Votre mot de passe"), validators=[InputRequired(lazy("Écrivez votre mot de passe."))]
    )


class AncienMotDePasseForm(BaseForm):
    ancien = PasswordField(
        lazy("Mot de passe actuel"), validators=[InputRequired(lazy("Écrivez votre mot de passe actuel."))]
    )


class PremierMotDePasseForm(BaseForm):
    """The password is typed once, because the page can show it."""

    mots: Collection[str] = ()  # words of the person and of the site, which are refused in a password

    nouveau = PasswordField(
        lazy("Nouveau mot de passe"), validators=[InputRequired(lazy("Écrivez un nouveau mot de passe."))]
    )

    def validate_nouveau(self, field: Field) -> None:
        phrase = reproche(field.data, self.mots)
        if phrase:
            raise ValidationError(phrase)


class NouveauMotDePasseForm(PremierMotDePasseForm):
    confirmation = PasswordField(
        lazy("Le nouveau, encore une fois"),
        validators=[
            InputRequired(lazy("Écrivez-le une deuxième fois.")),
            EqualTo("nouveau", lazy("Les deux mots de passe sont différents.")),
        ],
    )


class MotDePasseForm(AncienMotDePasseForm, NouveauMotDePasseForm):
    """Change of a password: the old one, then the new one twice."""


class PersonneForm(BaseForm):
    """Form of the name and address of a person to invite."""

    prenom = StringField(
        lazy("Prénom"), validators=[InputRequired(lazy("Écrivez le prénom.")), Visible(min=1, max=80)]
    )
    nom = StringField(
        lazy("Nom"), validators=[InputRequired(lazy("Écrivez le nom.")), Visible(min=1, max=80)]
    )
    courriel = email_field(
        lazy("Adresse électronique professionnelle"), InputRequired(lazy("Écrivez l’adresse électronique."))
    )
