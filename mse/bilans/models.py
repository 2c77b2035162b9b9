"""Stored figures of each acteur and quarter, so that the page of acteurs in difficulty reads few rows."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from mse.bilans.chiffres import Chiffres
from mse.core.database import UTCDateTime
from mse.extensions import Model


class TrimestreCompte(Model):
    """A quarter whose figures are stored. `jusqu_au`: the last day that they count."""

    __tablename__ = "bilans_trimestres"

    debut: Mapped[date] = mapped_column(primary_key=True)
    jusqu_au: Mapped[date]
    calcule_le: Mapped[datetime] = mapped_column(UTCDateTime)


class BilanActeur(Model):
    """The figures of an acteur in a quarter, see `Chiffres`. No row if nothing was due."""

    __tablename__ = "bilans_acteurs"
    __table_args__ = (
        CheckConstraint("dues > 0 AND tenues >= 0 AND tenues <= dues", name="dues"),
        CheckConstraint("repondues >= tenues AND repondues <= dues", name="repondues"),
        Index("ix_bilans_acteurs_pires", "debut", "part", "dues", "acteur_id"),
    )

    debut: Mapped[date] = mapped_column(primary_key=True)  # first day of the quarter
    acteur_id: Mapped[int] = mapped_column(ForeignKey("acteurs.id", ondelete="CASCADE"), primary_key=True)
    dues: Mapped[int]
    tenues: Mapped[int]
    repondues: Mapped[int]
    delai: Mapped[float | None]
    oui: Mapped[int]
    en_partie: Mapped[int]
    non: Mapped[int]
    part: Mapped[int]  # copy of `Chiffres.part`, for the order of the page

    @property
    def chiffres(self) -> Chiffres:
        return Chiffres(
            dues=self.dues,
            tenues=self.tenues,
            repondues=self.repondues,
            delai=self.delai,
            oui=self.oui,
            en_partie=self.en_partie,
            non=self.non,
        )
