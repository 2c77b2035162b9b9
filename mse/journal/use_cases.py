"""Forget old lines."""

from datetime import timedelta

from sqlalchemy import delete, select

from mse.core.clock import now
from mse.core.database import execute_bulk
from mse.core.use_cases import use_case
from mse.journal.models import LigneJournal

GARDE = timedelta(days=5 * 366)  # never less than the five years of the triggers
PAR_LOT = 1000  # lines of one transaction


@use_case
def oublier_lignes() -> int:
    """Delete the lines older than five years, at most 1,000 a run; return their number. They are the oldest
    ids, so that no index on the instant is needed."""
    premieres = select(LigneJournal.id, LigneJournal.le).order_by(LigneJournal.id).limit(PAR_LOT).subquery()
    anciennes = select(premieres.c.id).where(premieres.c.le < now() - GARDE)
    return execute_bulk(delete(LigneJournal).where(LigneJournal.id.in_(anciennes)))
