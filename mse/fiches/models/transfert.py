"""Transfers of saisines, and the due dates that were replaced."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mse.core.clock import local_date
from mse.core.database import UTCDateTime, state
from mse.extensions import Model
from mse.fiches.models.etape import Etape
from mse.fiches.workflow import CauseReport


class Transfert(Model):
    """One transfer. Its étape holds the reason. Never changed."""

    __tablename__ = "transferts"
    __table_args__ = (
        CheckConstraint("de_id <> vers_id", name="autre"),
        CheckConstraint("annule_id IS NOT NULL OR echeance_apres >= echeance_avant", name="echeance"),
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
    prise_en_charge_avant: Mapped[datetime | None] = mapped_column(UTCDateTime)  # by the former owner
    prise_en_charge_due_avant: Mapped[date | None]  # None: transferred before it was recorded
    annule_id: Mapped[int | None] = mapped_column(
        ForeignKey("transferts.id"), unique=True
    )  # the transfer that this one takes back

    etape: Mapped[Etape] = relationship(viewonly=True)

    @property
    def a_reporte(self) -> bool:
        """True if the transfer postponed the due date."""
        return self.echeance_apres != self.echeance_avant

    def echeance_rendue(self, due: date, jour: date) -> date:
        """Return the due date that applies if this transfer is taken back on `jour`.

        It is the date that the transfer replaced, or `due`, the present one, if the transfer moved no
        date. If the replaced date fell between the transfer and `jour`, it is `jour`: else the météo would
        count no due date for the saisine.
        """
        if not self.a_reporte:
            return due
        avant = self.echeance_avant
        return jour if local_date(self.le) <= avant < jour <= due else avant


def list_faits(transferts: Sequence[Transfert]) -> list[Transfert]:
    """Return the transfers that nobody has taken back."""
    annules = {transfert.annule_id for transfert in transferts}
    return [un for un in transferts if un.annule_id is None and un.id not in annules]


class EcheanceRemplacee(Model):
    """A former due date. Never changed."""

    __tablename__ = "echeances_remplacees"
    __table_args__ = (Index(None, "saisine_id"), Index(None, "echeance"))

    id: Mapped[int] = mapped_column(primary_key=True)
    saisine_id: Mapped[int] = mapped_column(ForeignKey("saisines.id"))
    echeance: Mapped[date]
    tenue_le: Mapped[datetime | None] = mapped_column(UTCDateTime)  # first detailed answer for that date
    remplacee_le: Mapped[datetime] = mapped_column(UTCDateTime)
    cause: Mapped[CauseReport] = mapped_column(state(CauseReport))
