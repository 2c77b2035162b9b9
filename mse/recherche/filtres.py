"""Filters of the search, parsed from the URL, and their choices with the number of results of each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from mse.annuaire.queries import group_noms_de_territoires, list_noms_de_themes
from mse.core.cache import cached_for
from mse.core.errors import DonneeInvalide
from mse.core.text import _
from mse.core.web.select_options import write_options
from mse.recherche.libelles import FILTRES, STATUTS, TRIS
from mse.recherche.models import Genre
from mse.recherche.queries.resultats import FACETS, Place, Tri
from mse.recherche.tokens import read_years, write_token

_YEARS = range(2000, 2100)


@dataclass(frozen=True, kw_only=True)
class Demande:
    """What the URL asks for beside the words. `choisis`: value of each filter that is set."""

    choisis: Mapping[str, str]
    tri: Tri
    after: Place | None


@dataclass(frozen=True)
class Valeur:
    """A value of a filter: its code and its label in HTML, and the token of the documents that have it."""

    code: str
    label: Markup
    token: str


Groupes = tuple[tuple[Markup, tuple[Valeur, ...]], ...]


def _make(name: str, pairs: Iterable[tuple[str, str]]) -> tuple[Valeur, ...]:
    return tuple(Valeur(code, escape(label), write_token(name, code)) for code, label in pairs)


@cached_for(60)
def get_valeurs() -> Mapping[str, Groupes]:
    """Return the values of each filter in groups, those of territoires as in the list of fiches."""
    statuts = ((code, str(mot)) for code, mot in STATUTS.items())
    themes = ((theme.code, theme.libelle) for theme in list_noms_de_themes())
    return {
        "theme": ((Markup(), _make("theme", themes)),),
        "territoire": tuple(
            (escape(groupe or ""), _make("territoire", ((lieu.code, lieu.nom) for lieu in lieux)))
            for groupe, lieux in group_noms_de_territoires()
        ),
        "statut": ((Markup(), _make("statut", statuts)),),
    }


def read_demande(args: Mapping[str, str]) -> Demande:
    """Parse the URL. Raise `DonneeInvalide` on a value that is not offered."""
    offered = {
        "genre": {genre.value for genre in Genre},
        "annee": {str(year) for year in _YEARS},
        **{
            name: {valeur.code for _titre, valeurs in groupes for valeur in valeurs}
            for name, groupes in get_valeurs().items()
            if args.get(name)
        },
    }
    choisis = {name: args[name] for name in FACETS if args.get(name)}
    try:
        if any(value not in offered[name] for name, value in choisis.items()):
            raise ValueError(choisis)
        tri = Tri(args.get("tri") or Tri.PERTINENCE)
    except ValueError as error:
        phrase = _("Un des filtres n’est pas valable\u202f: choisissez-les dans les listes.")
        raise DonneeInvalide(phrase) from error
    return Demande(choisis=choisis, tri=tri, after=Place.parse(args.get("apres", "")))


def list_choix(demande: Demande, tokens: Mapping[str, int]) -> list[tuple[str, str, Markup]]:
    """Return (name, label, options) of each select field: the values that some result has, with their number,
    and the chosen one. The last field is the order."""
    choisis = demande.choisis
    years = sorted({*read_years(tokens), *filter(None, [choisis.get("annee")])}, reverse=True)
    groupes: dict[str, Groupes] = {
        **get_valeurs(),
        "annee": ((Markup(), _make("annee", ((year, year) for year in years))),),
    }
    fields = [
        (name, str(label), _write(groupes[name], tokens, choisis.get(name)))
        for name, label in FILTRES.items()
    ]
    tris = write_options((tri.value, str(mot)) for tri, mot in TRIS.items())
    return [*fields, ("tri", _("Trier par"), tris.choose(demande.tri.value))]


def _write(groupes: Groupes, tokens: Mapping[str, int], chosen: str | None) -> Markup:
    parts = []
    for titre, valeurs in groupes:
        options = [
            f'<option value="{valeur.code}"{" selected" if valeur.code == chosen else ""}>'
            f"{valeur.label} ({tokens.get(valeur.token, 0)})</option>"
            for valeur in valeurs
            if valeur.token in tokens or valeur.code == chosen
        ]
        if options:
            group = "".join(options)
            parts.append(f'<optgroup label="{titre}">{group}</optgroup>' if titre else group)
    return Markup("".join(parts))
