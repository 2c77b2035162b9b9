"""Merged fiches, and pairs of fiches that may be about the same problem."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mse.core.database import UTCDateTime, partial_index
from mse.extensions import Model
from mse.fiches.models import Fiche

_ACTUELLE = text("separee_le IS NULL")


class Fusion(Model):
    """An animateur merged the fiche `doublon` into `principale`. Nothing moves: a merge says which page shows
    both, so that a separation loses nothing. Current merges form trees, because a main fiche may be merged
    into another one; `Fiche.reunie_a_id` is the root."""

    __tablename__ = "fusions"
    __table_args__ = (
        CheckConstraint("doublon_id <> principale_id", name="deux_fiches"),
        CheckConstraint("separee_le IS NOT NULL OR separee_par_id IS NULL", name="separee"),
        Index(
            "uq_fusions_actuelle",
            "doublon_id",
            unique=True,
            sqlite_where=_ACTUELLE,
            postgresql_where=_ACTUELLE,
        ),
        partial_index("ix_fusions_actuelles", "principale_id", where="separee_le IS NULL"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    doublon_id: Mapped[int] = mapped_column(ForeignKey("fiches.id"))
    principale_id: Mapped[int] = mapped_column(ForeignKey("fiches.id"))
    le: Mapped[datetime] = mapped_column(UTCDateTime)
    par_id: Mapped[int] = mapped_column(ForeignKey("comptes.id"))
    separee_le: Mapped[datetime | None] = mapped_column(UTCDateTime)
    separee_par_id: Mapped[int | None] = mapped_column(ForeignKey("comptes.id"))

    doublon: Mapped[Fiche] = relationship(foreign_keys=[doublon_id], viewonly=True)
    principale: Mapped[Fiche] = relationship(foreign_keys=[principale_id], viewonly=True)


class DoublonProbable(Model):
    """Two fiches that resemble each other, found when the newer one was published. An animateur merges them
    or says that they are two problems."""

    __tablename__ = "doublons_probables"
    __table_args__ = (
        UniqueConstraint("fiche_id", "autre_id"),
        CheckConstraint("autre_id < fiche_id", name="ordre"),
        partial_index("ix_doublons_probables_a_voir", "id", where="ecarte_le IS NULL"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    fiche_id: Mapped[int] = mapped_column(ForeignKey("fiches.id", ondelete="CASCADE"))
    autre_id: Mapped[int] = mapped_column(ForeignKey("fiches.id", ondelete="CASCADE"), index=True)
    ressemblance: Mapped[int]  # percent
    trouve_le: Mapped[datetime] = mapped_column(UTCDateTime)
    ecarte_le: Mapped[datetime | None] = mapped_column(UTCDateTime)
    ecarte_par_id: Mapped[int | None] = mapped_column(ForeignKey("comptes.id"))

    fiche: Mapped[Fiche] = relationship(foreign_keys=[fiche_id], viewonly=True)
    autre: Mapped[Fiche] = relationship(foreign_keys=[autre_id], viewonly=True)


class AComparer(Model):
    """A fiche that was published. The worker looks for its probable duplicates, then deletes the row."""

    __tablename__ = "doublons_a_comparer"

    fiche_id: Mapped[int] = mapped_column(ForeignKey("fiches.id", ondelete="CASCADE"), primary_key=True)
