"""What «Mon espace» shows of the teams of an agent, read in one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Date,
    Integer,
    String,
    bindparam,
    literal_column,
    null,
    select,
    union_all,
)

from mse.annuaire.models import Absence, Acteur
from mse.annuaire.queries.absences import select_remplacements
from mse.comptes.models import Compte
from mse.core.database import first
from mse.core.sort_keys import sort_key
from mse.extensions import db
from mse.representation.api import Lecteur
from mse.travail.models import FiltreGarde
from mse.travail.queries import FILTRES_LUS, select_equipe

_REMPLACEMENTS_LUS = 20


class Collegue(NamedTuple):
    id: int
    prenom: str
    nom: str


class Garde(NamedTuple):
    """Saved filters."""

    nom: str
    requete: str


class Remplacement(NamedTuple):
    """An absence in which the reader is the substitute, and its last day."""

    prenom: str
    nom: str
    acteur: str
    fin: date


@dataclass(frozen=True, kw_only=True)
class Equipe:
    """The agents of the reader's acteurs (the reader too) and the saved filters, both by name, and the absent
    colleagues whom the reader replaces, first return first."""

    collegues: Sequence[Collegue]
    gardes: Sequence[Garde]
    remplacements: Sequence[Remplacement]


def read_equipe(lecteur: Lecteur) -> Equipe:
    rows: dict[str, list[Any]] = {genre: [] for genre in ("collegue", "garde", "remplacement")}
    for row in db.session.execute(_unite(), dict(lecteur.parameters)):
        rows[row.genre].append(row)
    rows["collegue"].sort(key=lambda row: (row.tri, row.id))
    rows["garde"].sort(key=lambda row: (sort_key(row.mot), row.id))
    rows["remplacement"].sort(key=lambda row: (row.fin, row.id))
    return Equipe(
        collegues=[Collegue(row.id, row.mot, row.suite) for row in rows["collegue"]],
        gardes=[Garde(row.mot, row.suite) for row in rows["garde"]],
        remplacements=[Remplacement(row.mot, row.suite, row.acteur, row.fin) for row in rows["remplacement"]],
    )


@cache
def _unite() -> CompoundSelect[Any]:
    """Build the statement. Cached, because building it costs more than running it."""
    acteurs = bindparam("acteurs", expanding=True, type_=Integer)
    le = bindparam("le", type_=Date)
    rien = null(), null()
    une = first(
        select_remplacements(
            Absence.id, Compte.prenom.label("mot"), Compte.nom.label("suite"), Acteur.nom, Absence.fin
        ),
        _REMPLACEMENTS_LUS,
    ).subquery()
    gardes = select(FiltreGarde.__table__).where(FiltreGarde.acteur_id.in_(acteurs))
    garde = first(gardes, FILTRES_LUS).subquery()
    return union_all(
        select(
            _genre("remplacement"),
            une.c.id,
            une.c.mot.label("tri"),
            une.c.mot,
            une.c.suite,
            une.c.nom.label("acteur"),
            une.c.fin,
        ),
        select_equipe(acteurs, le=le).with_only_columns(
            _genre("collegue"), Compte.id, Compte.tri, Compte.prenom, Compte.nom, *rien
        ),
        select(_genre("garde"), garde.c.id, garde.c.nom, garde.c.nom, garde.c.requete, *rien),
    )


def _genre(name: str) -> ColumnElement[str]:
    return literal_column(f"'{name}'", String).label("genre")
