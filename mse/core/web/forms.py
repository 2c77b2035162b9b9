"""Forms: cleaned text, and filled again when something came in between (see `resume`)."""

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
from wtforms.validators import Length, NumberRange, Optional, StopValidation
from wtforms.widgets import HiddenInput

from mse.core.adresses import ADRESSE_MAX, clean_adresse, exige_adresse
from mse.core.database import ID_MAX
from mse.core.errors import DonneeInvalide
from mse.core.exigences import dire_trop_court
from mse.core.textes import _, clean, lazy, visible_length

INVALID = 422
CLE_MAX = 36  # a UUID


class Formulaire(FlaskForm):
    """A POST is answered by the same view, with the same fields, until it is valid."""

    class Meta:
        locales = ("fr",)  # WTForms' own words, read once; Flask-WTF would read their file at each request

        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Field:
            kind = unbound_field.field_class
            if issubclass(kind, StringField) and not issubclass(kind, PasswordField):
                options["filters"] = [_clean_or_none, *unbound_field.kwargs.get("filters", ())]
            return unbound_field.bind(form=form, **options)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if "reprise" in g:
            kwargs["formdata"] = g.reprise
        elif not args and "formdata" not in kwargs and request.method == "POST":
            kwargs["formdata"] = request.form  # a file in a text field is nothing
        super().__init__(*args, **kwargs)
        if "refus" in g:
            self._show_refusal(*g.pop("refus"))

    def _show_refusal(self, champ: str, phrase: str) -> None:
        """Beside the field that a use case refused, and in the summary."""
        if champ in self and not isinstance(self[champ].widget, HiddenInput):
            self[champ].errors = [phrase]
        else:
            flash(phrase, "erreur")

    def accept_unfinished(self) -> None:
        """Only the maxima remain: what is kept for later may lack anything."""
        for field in self:
            field.validators = [Visible(max=v.max) if isinstance(v, Visible) else v for v in field.validators]

    @property
    def rend_un_texte(self) -> bool:
        """Something that was typed stands in it again: passwords never do."""
        return any(
            isinstance(field, (StringField, IntegerField, DateField))
            and getattr(field.widget, "input_type", "") not in ("hidden", "password")
            and "".join(field.raw_data or ()).strip()
            for field in self
        )

    @property
    def est_reprise(self) -> bool:
        """Shown again after something came in between: what was typed is there, no file is."""
        return "reprise" in g

    def is_submitted(self) -> bool:
        """Never while a form is only shown again: nothing may be executed then."""
        return "reprise" not in g and super().is_submitted()


class NombreField(IntegerField):
    """A whole number, at least 0. The only field for numbers: one of thousands of digits is refused in a
    sentence, where `NumberRange` would overflow."""

    def process_formdata(self, valuelist: list[str]) -> None:
        texte = "".join(valuelist[0].split()) if valuelist else ""  # «1 000» is written with a space
        self.data = None
        if texte.isascii() and texte.isdigit():
            self.data = int(texte) if len(texte) < 10 else ID_MAX + 1  # too large for every range
        elif texte:
            raise ValueError(_("Écrivez un nombre, en chiffres."))

    def pre_validate(self, form: Any) -> None:
        """What is no number is said once: no validator has anything to add."""
        if self.process_errors:
            raise StopValidation


class GesteForm(Formulaire):
    """A button: nothing to type."""


class SuppressionForm(GesteForm):
    """A button that deletes. `vu`: what `sign_return` gives, so that a second click does not get 404."""

    vu = HiddenField()


class FormulaireVersionne(Formulaire):
    """Carries the version that was read, so that two people at once are told."""

    version = NombreField(widget=HiddenInput())


class FichiersForm(Formulaire):
    """The files themselves are read beside the form: a form holds what is typed."""

    fichiers = MultipleFileField(lazy("Choisir des photos ou des documents"))
    retirer = NombreField(validators=[Optional(), NumberRange(1, ID_MAX, lazy("Ce fichier n’est plus là."))])


def email_field(label: Any, presence: Any) -> EmailField:
    """A mail address; `presence`: the validator that says whether one is owed."""
    return EmailField(
        label,
        validators=[
            presence,
            Length(max=ADRESSE_MAX, message=lazy("Cette adresse est trop longue.")),
            _exige_adresse,
        ],
        filters=[clean_pasted],
    )


def clean_pasted(texte: str | None) -> str | None:
    """The filter of a field where an address is pasted."""
    return texte and clean_adresse(texte)


def _exige_adresse(_form: Any, field: Field) -> None:
    try:
        exige_adresse(field.data or "")
    except DonneeInvalide as refus:
        raise ValidationError(str(refus)) from None


def cle_field() -> HiddenField:
    """What tells one sending from another: a double click is done once. Drawn with the page, never typed."""
    return HiddenField(validators=[_exige_cle])


def _exige_cle(form: Any, field: Field) -> None:
    if not field.data or len(field.data) > CLE_MAX:
        raise ValidationError(_("Cette page a été abîmée en route : rouvrez-la, puis recommencez."))


def _clean_or_none(value: Any) -> Any:
    return clean(value) if isinstance(value, str) else value


def render(template: str, **context: Any) -> tuple[str, int]:
    """The page; 422 when its form was sent and is not valid."""
    form = context.get("form")
    return render_template(template, **context), INVALID if form is not None and form.errors else 200


class Visible:
    """Between `min` and `max` characters: the minimum counts what a reader sees."""

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
            raise ValidationError(dire_trop_court(visible_length(texte), self.min))


def options(pairs: Iterable[tuple[Any, Any]]) -> list[SelectChoice]:
    """(value, label) pairs as the choices of a field."""
    return [SelectChoice(value, label) for value, label in pairs]
