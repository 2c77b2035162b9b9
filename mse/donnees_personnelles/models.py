"""Reports of the job that deletes what has been kept long enough."""

from datetime import datetime

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from mse.core.database import UTCDateTime
from mse.extensions import Model


class Purge(Model):
    """One run of the job. `comptes`: name of each term → number of rows deleted; None if its deletion failed.
    It holds no personal data."""

    __tablename__ = "purges"

    id: Mapped[int] = mapped_column(primary_key=True)
    faite_le: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    comptes: Mapped[dict[str, int | None]] = mapped_column(JSON)

    @property
    def total(self) -> int:
        return sum(nombre or 0 for nombre in self.comptes.values())

    @property
    def est_complete(self) -> bool:
        return None not in self.comptes.values()
