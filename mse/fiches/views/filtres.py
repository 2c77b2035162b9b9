"""Filters of the list, parsed from the URL. A list read by GET needs no WTForms form."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup, escape

from mse.annuaire.queries import group_noms_de_territoires, list_noms_de_services, list_noms_de_themes
from mse.core.cache import cached_for
from mse.core.database import read_id
from mse.core.errors import DonneeInvalide
from mse.core.text import _
from mse.fiches.libelles import STATUTS
from mse.fiches.queries.listes import Filtres
from mse.fiches.workflow import Statut


@dataclass(frozen=True)
class Liste:
    """One select field: its valid codes and its options in HTML, built once for many pages."""

    codes: frozenset[str]
    html: str

    def options(self, choisi: object) -> Markup:
        """The options, with the chosen one selected."""
        if not choisi:
            return Markup(self.html)
        value = f'value="{escape(choisi)}"'
        return Markup(self.html.replace(value, f"{value} selected", 1))


@dataclass(frozen=True)
class Choix:
    """The select fields of the filter form."""

    statut: Liste
    theme: Liste
    territoire: Liste
    acteur: Liste


@cached_for(60)
def get_choix() -> Choix:
    return Choix(
        _liste((statut.value, str(libelle)) for statut, libelle in STATUTS.items()),
        _liste((theme.code, theme.libelle) for theme in list_noms_de_themes()),
        _liste_par_groupe(
            (groupe, [(lieu.code, lieu.nom) for lieu in lieux])
            for groupe, lieux in group_noms_de_territoires()
        ),
        _liste((str(service.id), service.nom) for service in list_noms_de_services()),
    )


def _liste(paires: Iterable[tuple[str, str]]) -> Liste:
    connues = list(paires)
    html = "".join(f'<option value="{escape(code)}">{escape(nom)}</option>' for code, nom in connues)
    return Liste(frozenset(code for code, _nom in connues), html)


def _liste_par_groupe(groupes: Iterable[tuple[str | None, Iterable[tuple[str, str]]]]) -> Liste:
    """A group without title comes first."""
    codes: set[str] = set()
    html = ""
    for titre, paires in groupes:
        une = _liste(paires)
        codes |= une.codes
        html += f'<optgroup label="{escape(titre)}">{une.html}</optgroup>' if titre else une.html
    return Liste(frozenset(codes), html)


_CENTURY = range(2000, 2100)


def read_filtres(args: Mapping[str, str], choix: Choix) -> Filtres:
    """Parse the filters. Raise `DonneeInvalide` on a value that is not offered."""
    try:
        return Filtres(
            statut=Statut(args["statut"]) if args.get("statut") else None,
            theme=_among(choix.theme, args.get("theme")),
            territoire=_among(choix.territoire, args.get("territoire")),
            acteur=read_id(args["acteur"]) if args.get("acteur") else None,
            du=_day(args["du"]) if args.get("du") else None,
            au=_day(args["au"]) if args.get("au") else None,
        )
    except ValueError as error:
        phrase = _("Un des filtres n’est pas valable\u202f: choisissez-les dans les listes.")
        raise DonneeInvalide(phrase) from error


def _among(liste: Liste, value: str | None) -> str | None:
    if value and value not in liste.codes:
        raise ValueError(value)
    return value or None


def _day(text: str) -> date:
    day = date.fromisoformat(text)
    if day.year not in _CENTURY:
        raise ValueError(text)
    return day
