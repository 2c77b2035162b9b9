"""Attestations of delegates. Their figures never change."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from mse.core.database import UTCDateTime
from mse.extensions import Model


class Attestation(Model):
    """What the site knew of a mandat on one day. Deleted with the account.

    Whoever has the code reads the figures and the dates, and nothing else.
    """

    __tablename__ = "attestations"
    __table_args__ = (
        CheckConstraint("fin >= debut", name="ordre"),
        CheckConstraint(
            "fiches >= 0 AND personnes >= 0 AND reponses >= 0 AND consultees >= 0", name="nombres"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    compte_id: Mapped[int] = mapped_column(ForeignKey("comptes.id", ondelete="CASCADE"), index=True)
    mandat_id: Mapped[int | None] = mapped_column(ForeignKey("mandats.id", ondelete="SET NULL"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    etablie_le: Mapped[datetime] = mapped_column(UTCDateTime)
    revoquee_le: Mapped[datetime | None] = mapped_column(UTCDateTime)
    debut: Mapped[date]  # of the mandat
    fin: Mapped[date]  # of the mandat; a day to come if it was running
    fiches: Mapped[int]
    personnes: Mapped[int]
    consultees: Mapped[int | None]  # None: established before this figure existed
    reponses: Mapped[int]

    @property
    def est_valable(self) -> bool:
        return self.revoquee_le is None

    @property
    def sujet(self) -> str:
        """Return the subject of its PDF (see `mse.impressions`)."""
        return f"attestation:{self.id}"
