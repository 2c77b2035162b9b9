"""Filters of the list, parsed from the URL. A list read by GET needs no WTForms form."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from mse.annuaire.queries import group_noms_de_territoires, list_noms_de_services, list_noms_de_themes
from mse.core.cache import cached_for
from mse.core.database import read_id
from mse.core.errors import DonneeInvalide
from mse.core.text import _
from mse.core.web import lien
from mse.core.web.select_options import Options, write_groups, write_options
from mse.fiches.queries.listes import Etat, Filtres
from mse.fiches.workflow import Statut


@dataclass(frozen=True)
class Choix:
    """The select fields of the filter form."""

    theme: Options
    territoire: Options
    acteur: Options


@cached_for(60)
def get_choix() -> Choix:
    return Choix(
        write_options((theme.code, theme.libelle) for theme in list_noms_de_themes()),
        write_groups(
            (groupe, [(lieu.code, lieu.nom) for lieu in lieux])
            for groupe, lieux in group_noms_de_territoires()
        ),
        write_options((str(service.id), service.nom) for service in list_noms_de_services()),
    )


_CENTURY = range(2000, 2100)


def read_filtres(args: Mapping[str, str], choix: Choix) -> Filtres:
    """Parse the filters. Raise `DonneeInvalide` on a value that is not offered."""
    try:
        return Filtres(
            statut=Statut(args["statut"]) if args.get("statut") else None,
            theme=exige_parmi(choix.theme, args.get("theme")),
            territoire=exige_parmi(choix.territoire, args.get("territoire")),
            acteur=read_id(args["acteur"]) if args.get("acteur") else None,
            du=_day(args["du"]) if args.get("du") else None,
            au=_day(args["au"]) if args.get("au") else None,
            etat=Etat(args["etat"]) if args.get("etat") else None,
        )
    except ValueError as error:
        phrase = _("Un des filtres n’est pas valable\u202f: choisissez-les dans les listes.")
        raise DonneeInvalide(phrase) from error


def filter_url(endpoint: str, filtres: Filtres) -> str:
    """Return the absolute URL of the list or of its feed, with the filters that are set."""
    query = urlencode({nom: str(valeur) for nom, valeur in filtres.choisis().items()})
    return f"{lien(endpoint)}?{query}" if query else lien(endpoint)


def exige_parmi(options: Options, value: str | None) -> str | None:
    """Return the value, None if it is empty. Raise `ValueError` if it is not offered."""
    if value and value not in options.codes:
        raise ValueError(value)
    return value or None


def _day(text: str) -> date:
    day = date.fromisoformat(text)
    if day.year not in _CENTURY:
        raise ValueError(text)
    return day
