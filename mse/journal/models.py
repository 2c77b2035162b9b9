"""The append-only audit trail: ids, action and instant; never a name, an address or a text."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from mse.core.database import UTCDateTime
from mse.extensions import Model


class LigneJournal(Model):
    """Triggers of the database refuse UPDATE, and DELETE for five years (see migrations)."""

    __tablename__ = "journal"
    __table_args__ = (Index(None, "compte_id", "action", "le"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    le: Mapped[datetime] = mapped_column(UTCDateTime)
    action: Mapped[str] = mapped_column(String(60))
    objet: Mapped[str] = mapped_column(String(40))
    objet_id: Mapped[int]
    compte_id: Mapped[int | None]  # no foreign key: the line stays when the account is deleted
