"""Base form and fields: typed text is cleaned, and shown again after an interruption (see `resubmission`)."""

from collections.abc import Iterable
from typing import Any

from flask import flash, g, render_template, request
from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    EmailField,
    Field,
    HiddenField,
    IntegerField,
    MultipleFileField,
    PasswordField,
    SelectChoice,
    StringField,
    ValidationError,
)
from wtforms.csrf.core import CSRFTokenField
from wtforms.validators import Length, NumberRange, Optional, StopValidation
from wtforms.widgets import HiddenInput

from mse.core.database import ID_MAX
from mse.core.email_addresses import EMAIL_MAX, clean_email, require_email
from mse.core.errors import DonneeInvalide
from mse.core.text import _, clean, lazy, visible_length
from mse.core.text_length import too_short_message

INVALID = 422
CLE_MAX = 36  # a UUID


class BaseForm(FlaskForm):
    """Base form. An invalid POST is answered by the same view, with the same fields."""

    class Meta:
        locales = ("fr",)  # WTForms' messages, loaded once; Flask-WTF loads them at each request

        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Field:
            kind = unbound_field.field_class
            if issubclass(kind, StringField) and not issubclass(kind, PasswordField):
                options["filters"] = [_clean_or_none, *unbound_field.kwargs.get("filters", ())]
            return unbound_field.bind(form=form, **options)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if "reprise" in g:
            kwargs["formdata"] = g.reprise
        elif not args and "formdata" not in kwargs and request.method == "POST":
            kwargs["formdata"] = request.form  # ignores a file sent in a text field
        super().__init__(*args, **kwargs)
        if "refus" in g:
            self._show_refusal(*g.pop("refus"))

    def _show_refusal(self, champ: str, phrase: str) -> None:
        """Show the sentence beside the field that a use case refused, else on top of the page."""
        if champ in self and not isinstance(self[champ].widget, HiddenInput):
            self[champ].errors = [phrase]
        else:
            flash(phrase, "erreur")

    def accept_unfinished(self) -> None:
        """Remove every validator except maximum lengths, because a draft may be incomplete."""
        for field in self:
            field.validators = [Visible(max=v.max) if isinstance(v, Visible) else v for v in field.validators]

    @property
    def general_errors(self) -> list[str]:
        """Return the errors of the form and of its hidden fields. A CSRF error has its own page."""
        hidden = [field for field in self._list_wrong() if _is_hidden(field)]
        return [*self.form_errors, *(error for field in hidden for error in field.errors)]

    @property
    def wrong_fields(self) -> list[Field]:
        """Return the visible fields that have errors."""
        return [field for field in self._list_wrong() if not _is_hidden(field)]

    def _list_wrong(self) -> list[Field]:
        return [field for field in self if field.errors and not isinstance(field, CSRFTokenField)]

    @property
    def shows_typed_text(self) -> bool:
        """True if the form shows typed text again. Passwords are never shown again."""
        return any(
            isinstance(field, (StringField, IntegerField, DateField))
            and getattr(field.widget, "input_type", "") not in ("hidden", "password")
            and "".join(field.raw_data or ()).strip()
            for field in self
        )

    @property
    def is_shown_again(self) -> bool:
        """True if the form is shown again after an interruption: typed text is kept, chosen files are not."""
        return "reprise" in g

    def is_submitted(self) -> bool:
        """False while a form is only shown again, so that nothing is executed."""
        return "reprise" not in g and super().is_submitted()


class NumberField(IntegerField):
    """A whole number, at least 0. Use it for every number: one of thousands of digits is refused with a
    sentence, where `NumberRange` would overflow."""

    def process_formdata(self, valuelist: list[str]) -> None:
        texte = "".join(valuelist[0].split()) if valuelist else ""  # «1 000» is accepted
        self.data = None
        if texte.isascii() and texte.isdigit():
            self.data = int(texte) if len(texte) < 10 else ID_MAX + 1  # too large for every range
        elif texte:
            raise ValueError(_("Écrivez un nombre, en chiffres."))

    def pre_validate(self, form: Any) -> None:
        """Skip the validators after a parse error: one message is enough."""
        if self.process_errors:
            raise StopValidation


class ActionForm(BaseForm):
    """A form without fields: a button with its CSRF token."""


class SuppressionForm(ActionForm):
    """A button that deletes. `vu`: the result of `sign_return`, so that a second click does not get 404."""

    vu = HiddenField()


class VersionedForm(BaseForm):
    """Form with a hidden field: the version that was read, to detect concurrent changes."""

    version = NumberField(widget=HiddenInput())


class FilesForm(BaseForm):
    """Fields of an upload. The files are read with `get_files`, not from the form."""

    fichiers = MultipleFileField(lazy("Choisir des photos ou des documents"))
    retirer = NumberField(validators=[Optional(), NumberRange(1, ID_MAX, lazy("Ce fichier n’est plus là."))])


def email_field(label: Any, presence: Any) -> EmailField:
    """A mail address field. `presence`: the validator that makes it required or optional."""
    return EmailField(
        label,
        validators=[
            presence,
            Length(max=EMAIL_MAX, message=lazy("Cette adresse est trop longue.")),
            _exige_adresse,
        ],
        filters=[clean_pasted],
    )


def clean_pasted(texte: str | None) -> str | None:
    """Filter of a field into which an address is pasted."""
    return texte and clean_email(texte)


def _exige_adresse(_form: Any, field: Field) -> None:
    try:
        require_email(field.data or "")
    except DonneeInvalide as refus:
        raise ValidationError(str(refus)) from None


def idempotency_field() -> HiddenField:
    """Idempotency key, generated with the page: a double click is executed once."""
    return HiddenField(validators=[_exige_cle])


def _exige_cle(form: Any, field: Field) -> None:
    if not field.data or len(field.data) > CLE_MAX:
        raise ValidationError(_("Cette page a été abîmée en route : rouvrez-la, puis recommencez."))


def _is_hidden(field: Field) -> bool:
    return getattr(field.widget, "input_type", "") == "hidden"


def _clean_or_none(value: Any) -> Any:
    return clean(value) if isinstance(value, str) else value


def render(template: str, **context: Any) -> tuple[str, int]:
    """Render the page; 422 if its form has errors."""
    form = context.get("form")
    return render_template(template, **context), INVALID if form is not None and form.errors else 200


class Visible:
    """Validator: between `min` and `max` characters; the minimum counts visible characters."""

    def __init__(self, *, min: int = 0, max: int) -> None:
        self.min, self.max = min, max
        self.field_flags = {"maxlength": max, **({"minlength": min, "required": True} if min else {})}

    def __call__(self, form: Any, field: Field) -> None:
        texte = field.data or ""
        if len(texte) > self.max:
            raise ValidationError(
                _(
                    "Votre texte est trop long : %(n)s caractères, pour un "
                    "maximum de %(max)s. Raccourcissez-le.",
                    n=len(texte),
                    max=self.max,
                )
            )
        if visible_length(texte) < self.min:
            raise ValidationError(too_short_message(visible_length(texte), self.min))


def options(pairs: Iterable[tuple[Any, Any]]) -> list[SelectChoice]:
    """Return (value, label) pairs as the choices of a field."""
    return [SelectChoice(value, label) for value, label in pairs]
