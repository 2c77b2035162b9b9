"""What people send about their account. Passwords are taken as they are typed, nothing is trimmed."""

from collections.abc import Collection

from wtforms import EmailField, Field, HiddenField, PasswordField, StringField, ValidationError
from wtforms.validators import DataRequired, Email, EqualTo, InputRequired, Length

from mse.comptes.mots_de_passe import reproche
from mse.core.textes import lazy
from mse.core.web import Formulaire, Visible

NOM_MAX, COURRIEL_MAX = 80, 254


class GesteForm(Formulaire):
    """A button: nothing to type."""


class ConnexionForm(Formulaire):
    courriel = EmailField(
        lazy("Adresse électronique"),
        validators=[
            DataRequired(lazy("Écrivez votre adresse électronique.")),
            Length(max=COURRIEL_MAX, message=lazy("Cette adresse est trop longue.")),
        ],
    )
    mot_de_passe = PasswordField(
        lazy("Mot de passe"), validators=[InputRequired(lazy("Écrivez votre mot de passe."))]
    )
    next = HiddenField()


class IdentiteForm(Formulaire):
    prenom = StringField(
        lazy("Prénom"), validators=[DataRequired(lazy("Écrivez votre prénom.")), Visible(min=1, max=NOM_MAX)]
    )
    nom = StringField(
        lazy("Nom"), validators=[DataRequired(lazy("Écrivez votre nom.")), Visible(min=1, max=NOM_MAX)]
    )


class CourrielForm(Formulaire):
    courriel = EmailField(
        lazy("Nouvelle adresse électronique"),
        validators=[
            DataRequired(lazy("Écrivez votre nouvelle adresse.")),
            Length(max=COURRIEL_MAX, message=lazy("Cette adresse est trop longue.")),
            Email(lazy("Cette adresse électronique n’est pas valable. Exemple : prenom.nom@exemple.fr")),
        ],
    )
    mot_de_passe = PasswordField(
        lazy("Votre mot de passe"), validators=[InputRequired(lazy("Écrivez votre mot de passe."))]
    )


class MotDePasseForm(Formulaire):
    mots: Collection[str] = ()  # of the person and the site: a password is not made of them

    ancien = PasswordField(
        lazy("Mot de passe actuel"), validators=[InputRequired(lazy("Écrivez votre mot de passe actuel."))]
    )
    nouveau = PasswordField(
        lazy("Nouveau mot de passe"), validators=[InputRequired(lazy("Écrivez un nouveau mot de passe."))]
    )
    confirmation = PasswordField(
        lazy("Le nouveau, encore une fois"),
        validators=[
            InputRequired(lazy("Écrivez-le une deuxième fois.")),
            EqualTo("nouveau", lazy("Les deux mots de passe sont différents.")),
        ],
    )

    def validate_nouveau(self, field: Field) -> None:
        phrase = reproche(field.data, self.mots)
        if phrase:
            raise ValidationError(phrase)
