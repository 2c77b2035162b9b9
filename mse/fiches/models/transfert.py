"""Transfers of saisines, and the due dates that were replaced."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from mse.core.database import UTCDateTime
from mse.extensions import Model


class Transfert(Model):
    """One transfer. Its étape holds the reason. Never changed."""

    __tablename__ = "transferts"
    __table_args__ = (
        CheckConstraint("de_id <> vers_id", name="autre"),
        CheckConstraint("echeance_apres >= echeance_avant", name="echeance"),
        Index(None, "saisine_id"),
        Index(None, "de_id", "le"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    saisine_id: Mapped[int] = mapped_column(ForeignKey("saisines.id"))
    etape_id: Mapped[int] = mapped_column(ForeignKey("etapes.id"), unique=True)
    de_id: Mapped[int] = mapped_column(ForeignKey("acteurs.id"))
    vers_id: Mapped[int] = mapped_column(ForeignKey("acteurs.id"))
    le: Mapped[datetime] = mapped_column(UTCDateTime)
    echeance_avant: Mapped[date]  # due date of the answer before
    echeance_apres: Mapped[date]

    @property
    def a_reporte(self) -> bool:
        """True if the transfer postponed the due date."""
        return self.echeance_apres != self.echeance_avant


class EcheanceRemplacee(Model):
    """A former due date. Never changed."""

    __tablename__ = "echeances_remplacees"
    __table_args__ = (Index(None, "saisine_id"), Index(None, "echeance"))

    id: Mapped[int] = mapped_column(primary_key=True)
    saisine_id: Mapped[int] = mapped_column(ForeignKey("saisines.id"))
    echeance: Mapped[date]
    tenue_le: Mapped[datetime | None] = mapped_column(UTCDateTime)  # first detailed answer for that date
    remplacee_le: Mapped[datetime] = mapped_column(UTCDateTime)
