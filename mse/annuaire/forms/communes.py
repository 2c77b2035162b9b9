"""A commune, as people write it."""

from collections.abc import Callable, Sequence
from typing import Any

from wtforms import StringField, ValidationError

from mse.core.errors import ADecider, DonneeInvalide


class CommuneField(StringField):
    """A name, a postcode or an INSEE code. When several communes answer to it they are offered under it, as a
    list of its own (`<name>-choix`), and what was typed stays.

    Its form has `lire_commune(text, chosen code)`, given by the view. Valid: `code` is the INSEE code.
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
