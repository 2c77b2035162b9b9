"""Filters of the work queue, in the URL: thème, territoire with its descendants, who of the team has it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Integer, String, bindparam, exists, select

from mse.annuaire.queries import group_noms_de_territoires, list_noms_de_themes
from mse.core.cache import cached_for
from mse.core.errors import DonneeInvalide
from mse.core.text import _
from mse.core.web.select_options import Options, write_groups, write_options
from mse.fiches.models import Fiche, FicheTerritoire, Saisine
from mse.travail.models import Attribution


class Porteur(StrEnum):
    """Who of the team has a saisine, seen from the person who reads."""

    MOI = "moi"
    PERSONNE = "personne"


@dataclass(frozen=True, kw_only=True)
class FiltresFile:
    """Filters of a queue; None means all. `compte_id`: the person who reads."""

    theme: str | None = None
    territoire: str | None = None
    porteur: Porteur | None = None
    compte_id: int = 0

    def choisis(self) -> dict[str, Any]:
        """The parameters of the URL."""
        valeurs = {"theme": self.theme, "territoire": self.territoire, "porteur": self.porteur}
        return {nom: str(valeur) for nom, valeur in valeurs.items() if valeur is not None}

    def __bool__(self) -> bool:
        return bool(self.choisis())

    @property
    def cle(self) -> frozenset[str]:
        """What the SQL statement depends on: the filters in use, without the values that are bound."""
        return frozenset({*self.choisis(), *([self.porteur] if self.porteur else [])})

    @property
    def parametres(self) -> dict[str, Any]:
        """The bound values of `conditions`."""
        return {"theme": self.theme, "territoire": self.territoire, "compte": self.compte_id}


AUCUN = FiltresFile()


def conditions(cle: frozenset[str]) -> list[ColumnElement[bool]]:
    """SQL conditions on a saisine, for `FiltresFile.cle`."""
    prises = select(Attribution.saisine_id).where(Attribution.saisine_id == Saisine.id).correlate(Saisine)
    siennes = prises.where(Attribution.compte_id == bindparam("compte", type_=Integer))
    tous = {
        "theme": exists().where(
            Fiche.id == Saisine.fiche_id, Fiche.theme_code == bindparam("theme", type_=String)
        ),
        "territoire": exists().where(
            FicheTerritoire.fiche_id == Saisine.fiche_id,
            FicheTerritoire.territoire_code == bindparam("territoire", type_=String),
        ),
        Porteur.MOI.value: siennes.exists(),
        Porteur.PERSONNE.value: ~prises.exists(),
    }
    return [condition for nom, condition in tous.items() if nom in cle]


@dataclass(frozen=True)
class Choix:
    """The select fields of the filter form."""

    theme: Options
    territoire: Options


@cached_for(60)
def get_choix() -> Choix:
    return Choix(
        write_options((theme.code, theme.libelle) for theme in list_noms_de_themes()),
        write_groups(
            (groupe, [(lieu.code, lieu.nom) for lieu in lieux])
            for groupe, lieux in group_noms_de_territoires()
        ),
    )


def read_filtres(args: Mapping[str, str], *, compte_id: int) -> FiltresFile:
    """Parse the filters. Raise `DonneeInvalide` on a value that is not offered. Without any filter nothing is
    read from the database."""
    theme, territoire, porteur = (args.get(nom) or None for nom in ("theme", "territoire", "porteur"))
    try:
        return FiltresFile(
            theme=theme and _among(get_choix().theme, theme),
            territoire=territoire and _among(get_choix().territoire, territoire),
            porteur=Porteur(porteur) if porteur else None,
            compte_id=compte_id,
        )
    except ValueError as error:
        phrase = _("Un des filtres n’est pas valable\u202f: choisissez-les dans les listes.")
        raise DonneeInvalide(phrase) from error


def _among(options: Options, value: str) -> str:
    if value not in options.codes:
        raise ValueError(value)
    return value
