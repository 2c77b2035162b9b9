"""Results of the elections of promotions, and procès-verbaux de carence."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mse.core.database import UTCDateTime, state
from mse.extensions import Model
from mse.representation.models.promotions import Mandat, Promotion


class NatureElection(StrEnum):
    RESULTAT = "resultat"
    CARENCE = "carence"  # procès-verbal de carence, article R6352-12


class Election(Model):
    """One election, as recorded in its procès-verbal. Names come from the comptes of the mandats."""

    __tablename__ = "elections"
    __table_args__ = (
        CheckConstraint(
            "nature = 'resultat' OR (titulaire_id IS NULL AND suppleant_id IS NULL AND tour IS NULL)",
            name="carence",
        ),
        CheckConstraint("tour IN (1, 2)", name="tour"),
        CheckConstraint("votants <= inscrits", name="votants"),
        Index(None, "promotion_id", "le"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cle: Mapped[str] = mapped_column(String(36), unique=True)  # idempotency key of the form
    promotion_id: Mapped[int] = mapped_column(ForeignKey("promotions.id"))
    nature: Mapped[NatureElection] = mapped_column(state(NatureElection))
    le: Mapped[date]
    tour: Mapped[int | None]  # the round in which the delegates were elected
    inscrits: Mapped[int | None]
    votants: Mapped[int | None]
    remarque: Mapped[str | None] = mapped_column(String(1000))
    titulaire_id: Mapped[int | None] = mapped_column(ForeignKey("mandats.id", ondelete="SET NULL"))
    suppleant_id: Mapped[int | None] = mapped_column(ForeignKey("mandats.id", ondelete="SET NULL"))
    saisie_par_id: Mapped[int | None] = mapped_column(ForeignKey("comptes.id", ondelete="SET NULL"))
    saisie_le: Mapped[datetime] = mapped_column(UTCDateTime)

    promotion: Mapped[Promotion] = relationship()
    titulaire: Mapped[Mandat | None] = relationship(foreign_keys=[titulaire_id])
    suppleant: Mapped[Mandat | None] = relationship(foreign_keys=[suppleant_id])

    @property
    def est_carence(self) -> bool:
        return self.nature == NatureElection.CARENCE
