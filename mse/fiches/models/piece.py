"""A file that delegates join to their fiche. Never public (domaine.md, Filing)."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mse.core.database import UTCDateTime, state
from mse.core.files import Format, Store
from mse.extensions import Model
from mse.fiches.models.fiche import Fiche

RESERVE = Store("pieces")


class Piece(Model):
    """The row keeps the names that `RESERVE` gave to the file and to its thumbnail."""

    __tablename__ = "pieces"
    __table_args__ = (
        UniqueConstraint("fiche_id", "empreinte"),  # sent twice, it is joined once
        CheckConstraint("taille > 0", name="taille"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    fiche_id: Mapped[int] = mapped_column(ForeignKey("fiches.id", ondelete="CASCADE"))
    nom: Mapped[str] = mapped_column(String(100))  # as its readers see it
    format: Mapped[Format] = mapped_column(state(Format))
    taille: Mapped[int]  # bytes
    empreinte: Mapped[str] = mapped_column(String(64))
    fichier: Mapped[str] = mapped_column(String(40), unique=True)
    vignette: Mapped[str | None] = mapped_column(String(40), unique=True)
    ajoutee_le: Mapped[datetime] = mapped_column(UTCDateTime)

    fiche: Mapped[Fiche] = relationship()

    @property
    def chemin(self) -> Path:
        return RESERVE.path(self.fichier)

    @property
    def fichiers(self) -> list[str]:
        """The names to forget with the row."""
        return [nom for nom in (self.fichier, self.vignette) if nom]
