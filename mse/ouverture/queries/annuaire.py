"""Acteurs with their compétences."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Integer, Row, bindparam, select

from mse.annuaire.models import Acteur, Competence, Territoire
from mse.extensions import db

Ligne = Row[*tuple[Any, ...]]

_IDS = bindparam("ids", expanding=True, type_=Integer)
_ACTEURS = (
    select(
        *(Acteur.id, Acteur.nom, Acteur.nature, Acteur.siret, Acteur.territoire_code, Acteur.ferme_le),
        Territoire.nom.label("territoire"),
    )
    .outerjoin(Territoire, Territoire.code == Acteur.territoire_code)
    .where(Acteur.id.in_(_IDS))
)
_COMPETENCES = (
    select(Competence.acteur_id, Competence.theme_code, Competence.territoire_code)
    .where(Competence.acteur_id.in_(_IDS))
    .order_by(Competence.id)
)


@dataclass(frozen=True)
class Lecture:
    """An acteur, with its compétences."""

    acteur: Ligne
    competences: Sequence[Ligne]


def map_lectures(ids: Collection[int]) -> Mapping[int, Lecture]:
    """Return these acteurs by id. Everybody reads the directory."""
    competences: defaultdict[int, list[Ligne]] = defaultdict(list)
    for row in db.session.execute(_COMPETENCES, {"ids": ids}):
        competences[row.acteur_id].append(row)
    return {row.id: Lecture(row, competences[row.id]) for row in db.session.execute(_ACTEURS, {"ids": ids})}
