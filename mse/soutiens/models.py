"""Soutiens: which promotion has the problem of which fiche too."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mse.extensions import Model
from mse.fiches.models import Fiche
from mse.representation.models import Promotion

_ACTUEL = text("retire_le IS NULL")


class Soutien(Model):
    """A promotion supports a fiche, once at a time, on local days. The row stays after the withdrawal,
    because the météo recounts past days; withdrawn on its first day, it is deleted."""

    __tablename__ = "soutiens"
    __table_args__ = (
        CheckConstraint("personnes > 0", name="personnes"),
        CheckConstraint("retire_le > donne_le", name="retire"),
        Index(
            "uq_soutiens_actuel",
            "fiche_id",
            "promotion_id",
            unique=True,
            sqlite_where=_ACTUEL,
            postgresql_where=_ACTUEL,
        ),
        Index(None, "promotion_id", "donne_le"),
        Index(None, "donne_le"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    fiche_id: Mapped[int] = mapped_column(ForeignKey("fiches.id"))
    promotion_id: Mapped[int] = mapped_column(ForeignKey("promotions.id"))
    personnes: Mapped[int]  # of the promotion, that have the problem
    compte_id: Mapped[int] = mapped_column(
        ForeignKey("comptes.id")
    )  # the delegate; never shown to the public
    donne_le: Mapped[date]
    retire_le: Mapped[date | None]

    fiche: Mapped[Fiche] = relationship(viewonly=True)
    promotion: Mapped[Promotion] = relationship(viewonly=True)
