"""A form field for a commune."""

from collections.abc import Callable, Sequence
from typing import Any

from wtforms import StringField, ValidationError

from mse.core.errors import ADecider, DonneeInvalide


class CommuneField(StringField):
    """A field for a commune: a name, a postcode or an INSEE code. If several communes match, they are offered
    below the field as a choice named `<name>-choix`, and the typed text is kept.

    The view sets `lire_commune(text, chosen code)` on the form. Once valid, `code` is the INSEE code.
    """

    code: str | None = None
    offertes: Sequence[tuple[str, str]] = ()
    choisie = ""

    @property
    def nom_choix(self) -> str:
        return f"{self.name}-choix"

    def process(self, formdata: Any, *args: Any, **kwargs: Any) -> None:
        super().process(formdata, *args, **kwargs)
        self.choisie = formdata.get(self.nom_choix, "") if formdata else ""

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        if self.errors or not self.data:
            return
        lire: Callable[[str, str], str] = form.lire_commune
        try:
            self.code = lire(self.data, self.choisie)
        except ADecider as doute:
            self.offertes = doute.choix
            raise ValidationError(str(doute)) from None
        except DonneeInvalide as refus:
            raise ValidationError(str(refus)) from None
