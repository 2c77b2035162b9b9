"""Forms to manage the directory. A form contains only the fields that the role of its user may change."""

from collections.abc import Callable
from typing import Any

from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    ValidationError,
)
from wtforms.validators import InputRequired, Optional

from mse.annuaire.forms.communes import CommuneField
from mse.annuaire.libelles import NATURES
from mse.annuaire.models import Nature
from mse.comptes.api import PersonneForm
from mse.core.text import _, lazy
from mse.core.web import BaseForm, NumberField, VersionedForm, Visible, email_field, options

_UN_NOM = InputRequired(lazy("Écrivez un nom."))


class RoleForm(BaseForm):
    """Change of the role of an agent. `vers`: the new role. Nothing changes if the agent already has it
    (double click, change by a colleague)."""

    vers = HiddenField()


def _length_validator(minimum: int, maximum: int) -> Any:
    def check(_form: Any, field: Field) -> None:
        if field.data is not None and not minimum <= field.data <= maximum:
            raise ValidationError(_("Écrivez un nombre entre %(min)s et %(max)s.", min=minimum, max=maximum))

    return check


class _NatureForm(VersionedForm):
    """Base class with the field `nature` only: WTForms puts the fields of a base class first, as on the
    page."""

    nature = RadioField(
        lazy("C’est"),
        choices=options(NATURES.items()),
        validators=[InputRequired(lazy("Choisissez ce que c’est."))],
    )


class ActeurForm(VersionedForm):
    """The fields that a référent may change. The view sets the choices of `zone` and `lire_commune`."""

    lire_commune: Callable[[str, str], str]

    nom = StringField(lazy("Nom"), validators=[_UN_NOM, Visible(min=1, max=200)])
    courriel = email_field(lazy("Boîte aux lettres"), Optional())
    adresse = StringField(lazy("Adresse"), validators=[Visible(max=300)])
    lieu = CommuneField(lazy("Commune"), validators=[Visible(max=140)])
    zone = SelectField(lazy("Territoire"), default="")

    def saisie(self) -> dict[str, Any]:
        """Return the values by column of Acteur. An empty field is None; `nom` is never None."""
        return {
            "nom": self.nom.data or "",
            "courriel": self.courriel.data or None,
            "adresse": self.adresse.data or None,
            "commune_code": self.lieu.code,
            "territoire_code": self.zone.data or None,
        }


class ActeurCompletForm(ActeurForm, _NatureForm):
    """Add the identifiers and the time limits, which only animateurs and administrateurs change."""

    siret = StringField(lazy("SIRET"), validators=[Visible(max=40)])
    declaration = StringField(lazy("Numéro de déclaration d’activité"), validators=[Visible(max=20)])
    delai_prise_en_charge = NumberField(
        lazy("Délai de prise en charge"), validators=[_length_validator(1, 250)]
    )
    delai_reponse = NumberField(lazy("Délai pour répondre"), validators=[_length_validator(1, 250)])

    def saisie(self) -> dict[str, Any]:
        return {
            **super().saisie(),
            "nature": Nature(self.nature.data),
            "siret": self.siret.data or None,
            "declaration": self.declaration.data or None,
            "delai_prise_en_charge": self.delai_prise_en_charge.data,
            "delai_reponse": self.delai_reponse.data,
        }


class CompetenceForm(BaseForm):
    """Form of a compétence. An empty value means all thèmes or all territoires. The view sets the choices."""

    theme_code = SelectField(lazy("Thème"), default="")
    territoire_code = SelectField(lazy("Territoire"), default="")


class AgentForm(PersonneForm):
    referent = BooleanField(lazy("Référente ou référent : gère aussi l’équipe et les coordonnées"))


class ThemeForm(VersionedForm):
    """Form of a thème. `apres`: code of the preceding thème, empty for the first place. The view sets the
    choices."""

    libelle = StringField(
        lazy("Libellé"), validators=[InputRequired(lazy("Écrivez un libellé.")), Visible(min=1, max=80)]
    )
    apres = SelectField(lazy("Sa place"), default="")
    organisme = BooleanField(lazy("Proposer d’office l’organisme de formation parmi les destinataires"))


class ThemeExistantForm(ThemeForm):
    retire = BooleanField(lazy("Ne plus proposer ce thème : il reste sur les fiches qui le portent"))


class TerritoireForm(VersionedForm):
    nom = StringField(lazy("Nom"), validators=[_UN_NOM, Visible(min=1, max=120)])
