"""The PDF documents that were requested."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mse.core.database import UTCDateTime, partial_index
from mse.core.files import Store
from mse.extensions import Model


class Impression(Model):
    """A requested PDF. It waits with its page, then has its file, or neither if it could not be written."""

    __tablename__ = "impressions"
    __table_args__ = (
        UniqueConstraint("sujet", "empreinte"),
        CheckConstraint("page IS NULL OR fichier IS NULL", name="ecrite"),
        partial_index("ix_impressions_a_ecrire", "id", where="page IS NOT NULL"),
    )
    store = Store("impressions")

    id: Mapped[int] = mapped_column(primary_key=True)
    sujet: Mapped[str] = mapped_column(String(60))  # what is printed, such as «fiche:12»
    empreinte: Mapped[str] = mapped_column(String(64))  # SHA-256 of the page
    compte_id: Mapped[int | None] = mapped_column(
        ForeignKey("comptes.id", ondelete="CASCADE"), index=True
    )  # the only reader of a private document; None: a public document
    page: Mapped[str | None] = mapped_column(Text)  # the HTML to print, erased once the file is written
    fichier: Mapped[str | None] = mapped_column(String(40), unique=True)  # file name in `store`
    demandee_le: Mapped[datetime] = mapped_column(UTCDateTime, index=True)

    @property
    def est_attendue(self) -> bool:
        """True until the worker has written the file."""
        return self.page is not None

    @property
    def est_ecrite(self) -> bool:
        return self.fichier is not None
