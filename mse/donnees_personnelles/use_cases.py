"""Store the report of a run."""

from collections.abc import Mapping

from sqlalchemy import insert

from mse.core.clock import now
from mse.core.use_cases import use_case
from mse.donnees_personnelles.models import Purge
from mse.extensions import db


@use_case
def ecrire_rapport(comptes: Mapping[str, int | None]) -> None:
    """Store how many rows of each term were deleted."""
    db.session.execute(insert(Purge).values(faite_le=now(), comptes=dict(comptes)))
