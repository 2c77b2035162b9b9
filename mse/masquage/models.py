"""Masked passages, and the texts as they were before."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mse.comptes.models import Compte
from mse.core.database import UTCDateTime, partial_index, state
from mse.extensions import Model
from mse.masquage.workflow import Sujet


class Passage(Model):
    """One decision to mask words on a page. The words are erased with the originals, after 12 months."""

    __tablename__ = "passages_masques"
    __table_args__ = (
        Index(None, "sujet", "page_id", "id"),
        partial_index("ix_passages_a_effacer", "le", "id", where="mots IS NOT NULL"),
        CheckConstraint("retabli_le IS NULL OR mots IS NULL", name="retabli"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sujet: Mapped[Sujet] = mapped_column(state(Sujet))
    page_id: Mapped[int]  # id of the fiche, initiative or repère on which it was decided
    mots: Mapped[str | None] = mapped_column(Text)  # read by animateurs only
    motif: Mapped[str] = mapped_column(Text)  # read by the authors of the texts
    par_id: Mapped[int | None] = mapped_column(ForeignKey("comptes.id", ondelete="SET NULL"))
    le: Mapped[datetime] = mapped_column(UTCDateTime)
    retabli_le: Mapped[datetime | None] = mapped_column(UTCDateTime)

    par: Mapped[Compte | None] = relationship(viewonly=True)
    originaux: Mapped[list["Original"]] = relationship(order_by="Original.id", cascade="all, delete-orphan")


class Original(Model):
    """A text as it was before a passage of it was masked. Read by animateurs only."""

    __tablename__ = "originaux_masques"

    id: Mapped[int] = mapped_column(primary_key=True)
    passage_id: Mapped[int] = mapped_column(ForeignKey("passages_masques.id", ondelete="CASCADE"), index=True)
    table: Mapped[str] = mapped_column(String(40))
    ligne_id: Mapped[int]
    champ: Mapped[str] = mapped_column(String(40))  # column of the text
    texte: Mapped[str] = mapped_column(Text)
    html: Mapped[str | None] = mapped_column(Text)
