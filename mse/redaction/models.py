"""Answer templates of an acteur, and drafts of answers."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mse.annuaire.models import Acteur, Theme
from mse.comptes.models import Compte
from mse.core.database import UTCDateTime, state
from mse.extensions import Model
from mse.fiches.models import Saisine
from mse.redaction.workflow import Geste


class ModeleReponse(Model):
    """A text that the agents of an acteur start an answer from. Nobody else reads it."""

    __tablename__ = "modeles_reponse"
    __table_args__ = (
        CheckConstraint("fin IS NULL OR debut IS NULL OR fin >= debut", name="dates"),
        Index(None, "acteur_id", "geste"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cle: Mapped[str] = mapped_column(String(36), unique=True)  # idempotency key of the form (double click)
    acteur_id: Mapped[int] = mapped_column(ForeignKey("acteurs.id"))
    geste: Mapped[Geste] = mapped_column(state(Geste))
    theme_code: Mapped[str | None] = mapped_column(ForeignKey("themes.code"))  # None: every thème
    titre: Mapped[str] = mapped_column(String(120))
    texte: Mapped[str] = mapped_column(Text)  # with placeholders, see `reperes`
    debut: Mapped[date | None]  # first day on which it is offered
    fin: Mapped[date | None]  # last day, inclusive
    archive_le: Mapped[datetime | None] = mapped_column(UTCDateTime)
    modifie_le: Mapped[datetime] = mapped_column(UTCDateTime)

    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}

    acteur: Mapped[Acteur] = relationship()
    theme: Mapped[Theme | None] = relationship()

    @property
    def est_archive(self) -> bool:
        return self.archive_le is not None


class BrouillonReponse(Model):
    """The text that a person has begun to write about a saisine. Only its author ever reads it.

    It survives a transfer: `acteur_id` is the owner for which it was written.
    """

    __tablename__ = "brouillons_reponse"
    __table_args__ = (
        UniqueConstraint("saisine_id", "compte_id", "geste"),
        Index(None, "compte_id", "modifie_le"),
        Index(None, "modifie_le"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    saisine_id: Mapped[int] = mapped_column(ForeignKey("saisines.id"))
    compte_id: Mapped[int] = mapped_column(ForeignKey("comptes.id"))
    acteur_id: Mapped[int] = mapped_column(ForeignKey("acteurs.id"))
    geste: Mapped[Geste] = mapped_column(state(Geste))
    texte: Mapped[str] = mapped_column(Text)
    modifie_le: Mapped[datetime] = mapped_column(UTCDateTime)

    saisine: Mapped[Saisine] = relationship()
    compte: Mapped[Compte] = relationship()
