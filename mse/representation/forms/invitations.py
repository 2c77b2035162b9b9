"""Forms to invite again or to correct the address of an invited person."""

from enum import StrEnum

from wtforms import HiddenField
from wtforms.validators import AnyOf, InputRequired

from mse.core.text import lazy
from mse.core.web import BaseForm, email_field


class Moyen(StrEnum):
    COURRIEL = "courriel"
    FEUILLE = "feuille"


class InvitationForm(BaseForm):
    moyen = HiddenField(validators=[AnyOf(list(Moyen), lazy("Choisissez le courriel ou la feuille."))])


class RelanceForm(BaseForm):
    """Whom a button of the page of accounts never opened invites again. The view reads the values."""

    cible = HiddenField()
    cible_id = HiddenField()


class AdresseForm(BaseForm):
    """New address of an invitation. `retour`: path of the page with the form."""

    courriel = email_field(lazy("La bonne adresse électronique"), InputRequired(lazy("Écrivez l’adresse.")))
    retour = HiddenField()
