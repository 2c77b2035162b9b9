"""Forms to import a file, or cells pasted from a spreadsheet."""

from wtforms import BooleanField, FileField, HiddenField, TextAreaField
from wtforms.validators import InputRequired

from mse.core.text import lazy
from mse.core.web import BaseForm


class ImportForm(BaseForm):
    """Form of an import. An uploaded file is converted to text, which the review page sends again as
    `texte`."""

    fichier = FileField(lazy("Choisissez votre fichier"))
    texte = TextAreaField(lazy("Ou collez vos lignes ici"))


class ListeForm(BaseForm):
    """The public list of organismes. The file is stored unchanged until the worker has read it."""

    fichier = FileField(lazy("Choisissez le fichier"))
    ici = BooleanField(lazy("Garder seulement les organismes du territoire"), default=True)


class RapportForm(BaseForm):
    rapport = HiddenField(validators=[InputRequired()])
