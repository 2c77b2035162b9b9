"""Previous owners of transferred saisines. The measure écoute counts an answer for the owner on its due
date."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, select

from mse.annuaire.models import Acteur
from mse.core.clock import local_date
from mse.extensions import db
from mse.fiches.models import Transfert

Cession = Row[*tuple[Any, ...]]


def list_cedees(condition: ColumnElement[bool]) -> defaultdict[int, list[Cession]]:
    """Return, for each saisine, those of its transfers that meet the SQL condition, with the previous owner,
    oldest first. `find_cedant` needs all transfers since the day that it is asked about."""
    cedees = defaultdict[int, list[Cession]](list)
    query = (
        select(Transfert.saisine_id, Transfert.le, Transfert.de_id, Acteur.nature, Acteur.nom)
        .join(Acteur, Acteur.id == Transfert.de_id)
        .where(condition)
        .order_by(Transfert.id)
    )
    for cession in db.session.execute(query):
        cedees[cession.saisine_id].append(cession)
    return cedees


def find_cedant(cessions: Iterable[Cession], jour: date) -> Cession | None:
    """Return the transfer whose previous owner had the saisine at the end of `jour`; None if the current
    owner did."""
    return next((cession for cession in cessions if local_date(cession.le) > jour), None)
