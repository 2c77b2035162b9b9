"""Attachments of fiches."""

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mse.core.files import Store, Stored
from mse.fiches.models.fiche import Fiche


class Piece(Stored):
    """A file that delegates attach to their fiche. Attachments are never public: the public page shows
    only their number (docs/regles/fiches.md). The row names the file and its thumbnail in `store`."""

    __tablename__ = "pieces"
    __table_args__ = (
        UniqueConstraint("fiche_id", "empreinte"),  # a file sent twice is attached once
        CheckConstraint("taille > 0", name="taille"),
    )
    store = Store("pieces")

    id: Mapped[int] = mapped_column(primary_key=True)
    fiche_id: Mapped[int] = mapped_column(ForeignKey("fiches.id", ondelete="CASCADE"))

    fiche: Mapped[Fiche] = relationship(viewonly=True)
