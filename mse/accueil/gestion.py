"""Counts beside the links of the animateurs' home page, each up to a limit."""

from datetime import date
from typing import Any

from sqlalchemy import Select, func, select

from mse.annuaire.models import Acteur
from mse.annuaire.queries import has_agent
from mse.comptes.models import Compte
from mse.doublons.queries.probables import select_probables
from mse.extensions import db
from mse.representation.queries.invites import is_expected

MAX_COUNT = 1000  # larger counts are shown as this number


def count_gestion(*, le: date) -> dict[str, int]:
    """Return the count shown on each management link of the home page, by name. Each count is at most
    `MAX_COUNT`. A single query computes them all."""
    ouverts = select(Acteur.id).where(Acteur.ferme_le.is_(None))
    comptes = select(Compte.id).where(Compte.ferme_le.is_(None))
    counted = {
        "acteurs": _count(ouverts),
        "sans_compte": _count(ouverts.where(~has_agent(Acteur.id, le=le))),
        "comptes": _count(comptes),
        "doublons": _count(select_probables()),
        "invites": _count(comptes.where(is_expected())),
    }
    row = db.session.execute(select(*(count.label(nom) for nom, count in counted.items()))).one()
    return dict(row._mapping)


def _count(query: Select[Any]) -> Any:
    return select(func.count()).select_from(query.limit(MAX_COUNT).subquery()).scalar_subquery()
