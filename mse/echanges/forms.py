"""Forms of private messages and internal notes."""

from wtforms import BooleanField, MultipleFileField, TextAreaField

from mse.core.text import lazy
from mse.core.web import BaseForm, Visible, idempotency_field
from mse.echanges.limites import MESSAGE_MAX, NOTE_MAX
from mse.fiches.api import MOTIF_MAX, MOTIF_MIN


class MessageForm(BaseForm):
    """Form of a message. Its files are not a field: the view reads them with `get_files`."""

    cle = idempotency_field()
    texte = TextAreaField(lazy("Votre message"), validators=[Visible(min=1, max=MESSAGE_MAX)])
    fichiers = MultipleFileField(lazy("Joindre des photos ou des documents"))
    attend = BooleanField(lazy("J’attends une réponse des délégué·es"))


class MotifForm(BaseForm):
    texte = TextAreaField(lazy("Pourquoi ?"), validators=[Visible(min=MOTIF_MIN, max=MOTIF_MAX)])


class NoteForm(BaseForm):
    cle = idempotency_field()
    texte = TextAreaField(lazy("Votre note"), validators=[Visible(min=1, max=NOTE_MAX)])
