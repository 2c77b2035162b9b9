"""Absences of agents, and who stands in for them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mse.annuaire.models.acteurs import Appartenance
from mse.comptes.models import Compte
from mse.core.database import UTCDateTime
from mse.extensions import Model


class Absence(Model):
    """An absence of an agent from `debut` to `fin`, both included: a colleague gets the agent's mails about
    saisines."""

    __tablename__ = "absences"
    __table_args__ = (
        CheckConstraint("fin >= debut", name="ordre"),
        Index(None, "appartenance_id", "debut"),
        Index(None, "remplacant_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    appartenance_id: Mapped[int] = mapped_column(ForeignKey("appartenances.id", ondelete="CASCADE"))
    remplacant_id: Mapped[int] = mapped_column(ForeignKey("comptes.id", ondelete="CASCADE"))
    debut: Mapped[date]
    fin: Mapped[date]
    garde_courriels: Mapped[bool] = mapped_column(default=False)  # True if the agent also gets the mails
    annulee_le: Mapped[datetime | None] = mapped_column(UTCDateTime)

    appartenance: Mapped[Appartenance] = relationship()
    remplacant: Mapped[Compte] = relationship()
