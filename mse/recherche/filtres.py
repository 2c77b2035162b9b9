"""Filters of the search, parsed from the URL, and their choices with the number of results of each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from mse.annuaire.queries import group_noms_de_territoires, list_noms_de_themes
from mse.core.cache import cached_for
from mse.core.errors import DonneeInvalide
from mse.core.text import _
from mse.core.web.select_options import write_groups, write_options
from mse.recherche.libelles import FILTRES, STATUTS, TRIS
from mse.recherche.models import Genre
from mse.recherche.queries.resultats import COUNTED, FACETS, PAR_PAGE, Tri

PAGES = COUNTED // PAR_PAGE + 1
_YEARS = range(2000, 2100)

Noms = tuple[tuple[str | None, tuple[tuple[str, str], ...]], ...]


@dataclass(frozen=True, kw_only=True)
class Demande:
    """What the URL asks for beside the words. `choisis`: value of each filter that is set."""

    choisis: Mapping[str, str]
    tri: Tri
    page: int


@cached_for(60)
def get_themes() -> tuple[tuple[str, str], ...]:
    return tuple((theme.code, theme.libelle) for theme in list_noms_de_themes())


@cached_for(60)
def get_territoires() -> Noms:
    """Return the names in groups, as in the list of fiches."""
    return tuple(
        (groupe, tuple((lieu.code, lieu.nom) for lieu in lieux))
        for groupe, lieux in group_noms_de_territoires()
    )


def read_demande(args: Mapping[str, str]) -> Demande:
    """Parse the URL. Raise `DonneeInvalide` on a value that is not offered."""
    offered = {
        "genre": {genre.value for genre in Genre},
        "theme": {code for code, _nom in get_themes()},
        "territoire": {code for _groupe, lieux in get_territoires() for code, _nom in lieux},
        "statut": set(STATUTS),
        "annee": {str(year) for year in _YEARS},
    }
    choisis = {name: args[name] for name in FACETS if args.get(name)}
    page = args.get("page") or "1"
    try:
        if any(value not in offered[name] for name, value in choisis.items()):
            raise ValueError(choisis)
        if not (page.isascii() and page.isdigit() and len(page) < 5 and 0 < int(page) <= PAGES):
            raise ValueError(page)
        return Demande(choisis=choisis, tri=Tri(args.get("tri") or Tri.PERTINENCE), page=int(page))
    except ValueError as error:
        phrase = _("Un des filtres n’est pas valable\u202f: choisissez-les dans les listes.")
        raise DonneeInvalide(phrase) from error


def list_choix(demande: Demande, comptes: Mapping[str, Mapping[str, int]]) -> list[tuple[str, str, Markup]]:
    """Return (name, label, options) of each select field: the values that some result has, with their number,
    and the chosen one. The last field is the order."""
    choisis = demande.choisis
    years = sorted({*comptes["annee"], *filter(None, [choisis.get("annee")])}, reverse=True)

    def offer(name: str, pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        return _with_counts(pairs, comptes[name], choisis.get(name))

    options = {
        "theme": write_options(offer("theme", get_themes())),
        "territoire": write_groups(
            (groupe, lieux) for groupe, tous in get_territoires() if (lieux := offer("territoire", tous))
        ),
        "statut": write_options(offer("statut", ((code, str(mot)) for code, mot in STATUTS.items()))),
        "annee": write_options(offer("annee", ((year, year) for year in years))),
    }
    fields = [(name, str(FILTRES[name]), one.choose(choisis.get(name))) for name, one in options.items()]
    tris = write_options((tri.value, str(mot)) for tri, mot in TRIS.items())
    return [*fields, ("tri", _("Trier par"), tris.choose(demande.tri.value))]


def _with_counts(
    pairs: Iterable[tuple[str, str]], counts: Mapping[str, int], chosen: str | None
) -> list[tuple[str, str]]:
    return [
        (code, f"{label} ({counts.get(code, 0)})")
        for code, label in pairs
        if counts.get(code) or code == chosen
    ]
