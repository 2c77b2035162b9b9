"""Filters of the work queue, read from the URL: thème, territoire with its descendants, urgency,
assignment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Date, Integer, String, and_, bindparam, exists, select

from mse.core.cache import cached_for
from mse.core.clock import today
from mse.core.database import is_state, read_id
from mse.core.errors import DonneeInvalide
from mse.core.text import _
from mse.core.web.select_options import Options, write_options
from mse.core.working_days import add_working_days, subtract_working_days
from mse.demarche import get_demarche
from mse.fiches.api import URGENCES, Statut, Urgence, exige_parmi
from mse.fiches.api import get_choix as get_choix_publics
from mse.fiches.models import FicheTerritoire, Saisine
from mse.travail.models import Attribution


class Porteur(StrEnum):
    """Filter by assignment: saisines assigned to the reader, or to nobody. A colleague is given by the id of
    the compte."""

    MOI = "moi"
    PERSONNE = "personne"


@dataclass(frozen=True, kw_only=True)
class FiltresFile:
    """Filters of a queue; None means all. `porteur`: assignment; a number is the id of a colleague.
    `compte_id`: the reader."""

    theme: str | None = None
    territoire: str | None = None
    urgence: Urgence | None = None
    porteur: Porteur | int | None = None
    compte_id: int = 0

    def choisis(self) -> dict[str, Any]:
        """Return the filters in use, as query parameters of the URL."""
        noms = ("theme", "territoire", "urgence", "porteur")
        return {nom: str(getattr(self, nom)) for nom in noms if getattr(self, nom) is not None}

    def __bool__(self) -> bool:
        return bool(self.choisis())

    @property
    def cle(self) -> frozenset[str]:
        """The filters in use without their values: two queues with the same key use the same SQL
        statement."""
        qui = Porteur.MOI if isinstance(self.porteur, int) else self.porteur
        return frozenset({*self.choisis(), *([qui] if qui else [])})

    @property
    def parametres(self) -> dict[str, Any]:
        """Values of the bound parameters of `conditions`, computed for today."""
        du, avant = borner(self.urgence, today()) if self.urgence else (date.min, date.max)
        return {
            "theme": self.theme,
            "territoire": self.territoire,
            "porteur": self.porteur if isinstance(self.porteur, int) else self.compte_id,
            "du": du,
            "avant": avant,
        }


AUCUN = FiltresFile()


def conditions(cle: frozenset[str]) -> list[ColumnElement[bool]]:
    """Return the SQL conditions on a saisine for the key `FiltresFile.cle`."""
    prises = select(Attribution.saisine_id).where(Attribution.saisine_id == Saisine.id).correlate(Saisine)
    siennes = prises.where(Attribution.compte_id == bindparam("porteur", type_=Integer))
    tous = {
        "theme": Saisine.theme_code == bindparam("theme", type_=String),
        "territoire": exists().where(
            FicheTerritoire.fiche_id == Saisine.fiche_id,
            FicheTerritoire.territoire_code == bindparam("territoire", type_=String),
        ),
        "urgence": and_(
            is_state(Saisine.statut, Statut.EN_COURS),
            Saisine.reponse_due >= bindparam("du", type_=Date),
            Saisine.reponse_due < bindparam("avant", type_=Date),
        ),
        Porteur.MOI.value: siennes.exists(),
        Porteur.PERSONNE.value: ~prises.exists(),
    }
    return [condition for nom, condition in tous.items() if nom in cle]


def borner(urgence: Urgence, le: date) -> tuple[date, date]:
    """Return the due dates of a level on the day `le`: the first one, and the one after the last. It agrees
    with `classer`, the definition."""
    delais = get_demarche().delais
    plus_tard = add_working_days(le, delais.bientot + 1)
    tres = add_working_days(subtract_working_days(le, delais.tres_en_retard), 1)
    return {
        Urgence.A_L_HEURE: (plus_tard, date.max),
        Urgence.BIENTOT: (le, plus_tard),
        Urgence.EN_RETARD: (tres, le),
        Urgence.TRES_EN_RETARD: (date.min, tres),
    }[urgence]


@dataclass(frozen=True)
class Choix:
    """The select fields of the filter form."""

    theme: Options
    territoire: Options
    urgence: Options


@cached_for(60)
def get_choix() -> Choix:
    return Choix(
        get_choix_publics().theme,
        get_choix_publics().territoire,
        write_options((niveau.value, str(mot)) for niveau, mot in URGENCES.items()),
    )


def read_filtres(args: Mapping[str, str], *, compte_id: int) -> FiltresFile:
    """Parse the filters. Raise `DonneeInvalide` on a value that is not offered. Without any filter nothing is
    read from the database."""
    noms = ("theme", "territoire", "urgence", "porteur")
    theme, territoire, urgence, porteur = (args.get(nom) or None for nom in noms)
    try:
        return FiltresFile(
            theme=theme and exige_parmi(get_choix().theme, theme),
            territoire=territoire and exige_parmi(get_choix().territoire, territoire),
            urgence=Urgence(urgence) if urgence else None,
            porteur=_read_porteur(porteur, compte_id) if porteur else None,
            compte_id=compte_id,
        )
    except ValueError as error:
        phrase = _("Un des filtres n’est pas valable\u202f: choisissez-les dans les listes.")
        raise DonneeInvalide(phrase) from error


def _read_porteur(porteur: str, compte_id: int) -> Porteur | int:
    """Return the filter, or the id of a colleague. A colleague who has left the team is accepted too, because
    a saved filter may name one."""
    if porteur in list(Porteur):
        return Porteur(porteur)
    qui = read_id(porteur)
    return Porteur.MOI if qui == compte_id else qui
