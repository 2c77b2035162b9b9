"""The figures kept, so that a page costs the same however many facts there are."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from mse.core.database import UTCDateTime, state
from mse.extensions import Model
from mse.meteo.mesures import Chiffre, Mesure


class ChiffreMeteo(Model):
    """k among n of a measure, in a territoire and all below it, over the window that ends on `jour`.

    `coupe`: empty for all, `theme:<code>` or `nature:<nature>` for a part. No row where n is 0.
    """

    __tablename__ = "meteo_chiffres"
    __table_args__ = (CheckConstraint("k >= 0 AND k <= n AND n > 0", name="k_sur_n"),)

    territoire_code: Mapped[str] = mapped_column(ForeignKey("territoires.code"), primary_key=True)
    coupe: Mapped[str] = mapped_column(String(60), primary_key=True)
    jour: Mapped[date] = mapped_column(primary_key=True)
    mesure: Mapped[Mesure] = mapped_column(state(Mesure), primary_key=True)
    k: Mapped[int]
    n: Mapped[int]

    @property
    def chiffre(self) -> Chiffre:
        return Chiffre(self.k, self.n)


class JourMeteo(Model):
    """A day whose figures were computed, and when last."""

    __tablename__ = "meteo_jours"

    jour: Mapped[date] = mapped_column(primary_key=True)
    calcule_le: Mapped[datetime] = mapped_column(UTCDateTime)


class RepriseMeteo(Model):
    """Something changed in the past: the figures since `depuis` are to be counted again."""

    __tablename__ = "meteo_reprises"

    id: Mapped[int] = mapped_column(primary_key=True)
    depuis: Mapped[date]
