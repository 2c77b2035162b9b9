"""What a new delegate has seen of the handover, and the word that a leaving delegate leaves."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mse.comptes.models import Compte
from mse.core.database import UTCDateTime
from mse.extensions import Model
from mse.representation.models import Promotion


class Passation(Model):
    """The holder of a mandat has read where everything stands. A later departure asks again."""

    __tablename__ = "passations"

    mandat_id: Mapped[int] = mapped_column(ForeignKey("mandats.id", ondelete="CASCADE"), primary_key=True)
    vue_le: Mapped[date]


class MotDePassation(Model):
    """What a delegate tells the next ones. Only they read it; it is deleted after `GARDE`."""

    __tablename__ = "mots_passation"
    __table_args__ = (UniqueConstraint("promotion_id", "auteur_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    promotion_id: Mapped[int] = mapped_column(ForeignKey("promotions.id"))
    auteur_id: Mapped[int] = mapped_column(ForeignKey("comptes.id", ondelete="CASCADE"), index=True)
    texte: Mapped[str] = mapped_column(Text)
    ecrit_le: Mapped[datetime] = mapped_column(UTCDateTime, index=True)

    promotion: Mapped[Promotion] = relationship(viewonly=True)
    auteur: Mapped[Compte] = relationship(viewonly=True)
