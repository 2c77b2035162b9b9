"""What whoever invites sends: a button."""

from enum import StrEnum

from wtforms import HiddenField
from wtforms.validators import AnyOf

from mse.core.textes import lazy
from mse.core.web import Formulaire


class Moyen(StrEnum):
    COURRIEL = "courriel"
    FEUILLE = "feuille"


class InvitationForm(Formulaire):
    moyen = HiddenField(validators=[AnyOf(list(Moyen), lazy("Choisissez le courriel ou la feuille."))])
