"""Forms of the work of a team."""

from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField

from mse.core.text import lazy
from mse.core.web import BaseForm


class AttributionForm(BaseForm):
    """Form to assign a saisine. The view sets the choices; the first one is the whole team."""

    retour = HiddenField()  # path of the queue to return to
    avant = HiddenField()  # assignment that the page showed
    a_qui = RadioField(lazy("Qui s’en occupe ?"), validate_choice=False)


class LotForm(BaseForm):
    """An act on several saisines. The use case checks the length of the text for each of them."""

    retour = HiddenField()  # path of the queue to return to
    a_qui = SelectField(lazy("Confier à"), validate_choice=False)
    texte = TextAreaField(lazy("La même réponse pour toutes"))


class FiltreForm(BaseForm):
    """Form to save filters of the queue under a name."""

    requete = HiddenField()  # query string of the queue
    nom = StringField(lazy("Nom du filtre, pour l’équipe"))
