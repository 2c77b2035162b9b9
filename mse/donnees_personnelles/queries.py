"""Reads of the reports."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, select

from mse.donnees_personnelles.models import Purge
from mse.extensions import db

MONTREES = 31  # reports on the page


def list_purges() -> Sequence[Purge]:
    """Return the last reports, newest first."""
    return db.session.scalars(
        select(Purge).order_by(Purge.faite_le.desc(), Purge.id.desc()).limit(MONTREES)
    ).all()


def has_purge_since(instant: datetime) -> bool:
    return bool(db.session.scalar(select(exists().where(Purge.faite_le >= instant))))
