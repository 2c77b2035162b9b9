"""Who had a saisine before it was passed on: an answer is owed by whoever has it on the day it is due."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, select

from mse.annuaire.models import Acteur
from mse.core.clock import local_date
from mse.extensions import db
from mse.fiches.models import Transfert

Cession = Row[*tuple[Any, ...]]


def list_cedees(depuis: datetime) -> defaultdict[int, list[Cession]]:
    """Of each saisine passed on since, by whom, oldest first."""
    cedees = defaultdict[int, list[Cession]](list)
    query = (
        select(Transfert.saisine_id, Transfert.le, Acteur.nature, Acteur.nom)
        .join(Acteur, Acteur.id == Transfert.de_id)
        .where(Transfert.le >= depuis)
        .order_by(Transfert.id)
    )
    for cession in db.session.execute(query):
        cedees[cession.saisine_id].append(cession)
    return cedees


def find_cedant(cessions: Iterable[Cession], jour: date) -> Cession | None:
    """Who had it at the end of `jour`; None: who has it now."""
    return next((cession for cession in cessions if local_date(cession.le) > jour), None)
