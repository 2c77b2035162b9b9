"""Forms to record an election and to print its documents. Names typed for printing are not stored."""

from typing import Any

from wtforms import BooleanField, Field, RadioField, StringField, TextAreaField
from wtforms.validators import (
    InputRequired,
    NumberRange,
    Optional,
    ValidationError,
)

from mse.core.text import _, lazy, visible_length
from mse.core.web import BaseForm, NumberField, Visible, email_field, idempotency_field, options
from mse.representation.forms.promotions import JourField

NOM_MAX, REMARQUE_MAX, NOMBRE_MAX = 80, 1000, 1000
CANDIDATS_MAX, BULLETINS_MAX = 20, 2000  # candidates per seat; ballot papers in total

_JOUR = InputRequired(lazy("Choisissez la date."))
_NOMBRE = NumberRange(0, NOMBRE_MAX, lazy("Écrivez un nombre entre 0 et 1 000."))


def _number_field(label: Any) -> NumberField:
    return NumberField(label, validators=[Optional(), _NOMBRE])


def _name_field(label: Any) -> StringField:
    return StringField(label, validators=[Visible(max=NOM_MAX)])


def _no_address_field(label: Any) -> BooleanField:
    """Build the checkbox «sans adresse». The page explains it; its label names the person, for error
    messages."""
    return BooleanField(label)


class _VoteForm(BaseForm):
    cle = idempotency_field()
    le = JourField(lazy("Date du vote"), validators=[_JOUR])
    inscrits = _number_field(lazy("Combien de personnes pouvaient voter ?"))
    votants = _number_field(lazy("Combien ont voté ?"))


class ResultatForm(_VoteForm):
    """The two elected people. If all fields of the suppléant are empty, nobody was elected to that seat."""

    tour = RadioField(
        lazy("Au premier ou au second tour ?"),
        choices=options([("1", lazy("Au premier tour")), ("2", lazy("Au second tour"))]),
        default="1",
    )
    titulaire_prenom = _name_field(lazy("Prénom de la personne titulaire"))
    titulaire_nom = _name_field(lazy("Nom de la personne titulaire"))
    titulaire_courriel = email_field(lazy("Adresse de la personne titulaire"), Optional())
    titulaire_sans_adresse = _no_address_field(lazy("Adresse de la personne titulaire"))
    suppleant_prenom = _name_field(lazy("Prénom de la personne suppléante"))
    suppleant_nom = _name_field(lazy("Nom de la personne suppléante"))
    suppleant_courriel = email_field(lazy("Adresse de la personne suppléante"), Optional())
    suppleant_sans_adresse = _no_address_field(lazy("Adresse de la personne suppléante"))

    def a_suppleant(self) -> bool:
        """True if something was typed about the suppléant."""
        return any(
            visible_length(field.data or "")
            for field in (self.suppleant_prenom, self.suppleant_nom, self.suppleant_courriel)
        )

    def validate_titulaire_prenom(self, field: Field) -> None:
        _exige(field, _("Écrivez son prénom."))

    def validate_titulaire_nom(self, field: Field) -> None:
        _exige(field, _("Écrivez son nom."))

    def validate_titulaire_sans_adresse(self, field: Field) -> None:
        _exige_une_entree(self.titulaire_courriel, field)

    def validate_suppleant_prenom(self, field: Field) -> None:
        if self.a_suppleant():
            _exige(field, _("Écrivez son prénom, ou videz tout si personne n’a été élu."))

    def validate_suppleant_nom(self, field: Field) -> None:
        if self.a_suppleant():
            _exige(field, _("Écrivez son nom, ou videz tout si personne n’a été élu."))

    def validate_suppleant_sans_adresse(self, field: Field) -> None:
        if self.a_suppleant():
            _exige_une_entree(self.suppleant_courriel, field)


def _exige(field: Field, phrase: str) -> None:
    if not visible_length(field.data or ""):
        raise ValidationError(phrase)


def _exige_une_entree(courriel: Field, sans_adresse: Field) -> None:
    """Require either an e-mail address or the checkbox for a printed code, not both."""
    if courriel.data and sans_adresse.data:
        raise ValidationError(_("Vous avez écrit une adresse et coché cette case : choisissez."))
    if not courriel.data and not sans_adresse.data:
        raise ValidationError(_("Écrivez son adresse électronique, ou cochez cette case."))


class CarenceForm(_VoteForm):
    remarque = TextAreaField(lazy("Une remarque"), validators=[Visible(max=REMARQUE_MAX)])


class FinMandatForm(BaseForm):
    fin = JourField(lazy("Dernier jour du mandat"), validators=[_JOUR])


class DocumentsForm(BaseForm):
    """Documents to print for an election. Candidates: one name a line; without names the documents are
    blank."""

    titulaires = TextAreaField(lazy("Candidatures au siège de titulaire"))
    suppleants = TextAreaField(lazy("Candidatures au siège de suppléant·e"))
    electeurs = NumberField(
        lazy("Combien de personnes votent ?"),
        validators=[
            InputRequired(lazy("Écrivez combien de personnes votent.")),
            NumberRange(1, 200, lazy("Écrivez un nombre entre 1 et 200.")),
        ],
    )

    def noms(self, field: Field) -> list[str]:
        """Return the names typed in a field, without duplicates."""
        lignes = (" ".join(ligne.split()) for ligne in (field.data or "").splitlines())
        return list(dict.fromkeys(ligne for ligne in lignes if visible_length(ligne)))

    def list_bulletins(self) -> list[tuple[str, str]]:
        """Return the ballot papers as (seat, name): one per elector for each name; blank ones without
        names."""
        sieges = ((_("Titulaire"), self.titulaires), (_("Suppléant·e"), self.suppleants))
        cases = [(siege, nom) for siege, field in sieges for nom in self.noms(field) or [""]]
        return [case for case in cases for _un in range(self.electeurs.data or 0)]

    def validate_titulaires(self, field: Field) -> None:
        self._exige_pas_trop_de_noms(field)
        papiers = max(1, len(self.noms(self.titulaires))) + max(1, len(self.noms(self.suppleants)))
        if (self.electeurs.data or 0) * papiers > BULLETINS_MAX:
            raise ValidationError(_("Cela ferait trop de bulletins : imprimez en plusieurs fois."))

    def validate_suppleants(self, field: Field) -> None:
        self._exige_pas_trop_de_noms(field)

    def _exige_pas_trop_de_noms(self, field: Field) -> None:
        noms = self.noms(field)
        if len(noms) > CANDIDATS_MAX:
            raise ValidationError(_("Écrivez au plus %(max)s noms.", max=CANDIDATS_MAX))
        if any(len(nom) > 2 * NOM_MAX for nom in noms):
            raise ValidationError(_("Un de ces noms est trop long : un nom par ligne."))
