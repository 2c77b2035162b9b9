"""Answer templates of an acteur, drafts of answers, and their files."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mse.annuaire.models import Acteur, Theme
from mse.comptes.models import Compte
from mse.core.database import UTCDateTime, partial_index, state
from mse.core.files import Store, Stored
from mse.extensions import Model
from mse.fiches.models import Etape, Saisine
from mse.redaction.workflow import Geste


class ModeleReponse(Model):
    """Answer template: a text with which the agents of an acteur begin an answer. Nobody else reads it."""

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
    texte: Mapped[str] = mapped_column(Text)  # with placeholders, see `placeholders`
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
    """Draft: the text that a person has begun to write about a saisine. Only its author ever reads it.

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
    pieces: Mapped[list["PieceReponse"]] = relationship(viewonly=True, order_by="PieceReponse.id")


class PieceReponse(Stored):
    """A file of an answer: of its draft first, where only the author reads it, then of the public étape.

    A masked file keeps its line with the reason. Only the animateurs still read it, until it is erased.
    """

    __tablename__ = "pieces_reponses"
    __table_args__ = (
        UniqueConstraint("brouillon_id", "empreinte"),  # a file sent twice is joined once
        UniqueConstraint("etape_id", "empreinte"),
        CheckConstraint("taille > 0", name="taille"),
        CheckConstraint("(brouillon_id IS NULL) <> (etape_id IS NULL)", name="place"),
        CheckConstraint("(masquee_le IS NULL) = (masquee_motif IS NULL)", name="masquee"),
        CheckConstraint("masquee_le IS NULL OR etape_id IS NOT NULL", name="publiee"),
        CheckConstraint("effacee_le IS NULL OR masquee_le IS NOT NULL", name="effacee"),
        partial_index(
            "ix_pieces_reponses_a_effacer",
            "masquee_le",
            where="masquee_le IS NOT NULL AND effacee_le IS NULL",
        ),
    )
    store = Store("pieces_reponses")

    id: Mapped[int] = mapped_column(primary_key=True)
    brouillon_id: Mapped[int | None] = mapped_column(ForeignKey("brouillons_reponse.id", ondelete="CASCADE"))
    etape_id: Mapped[int | None] = mapped_column(ForeignKey("etapes.id"))
    masquee_le: Mapped[datetime | None] = mapped_column(UTCDateTime)
    masquee_par_id: Mapped[int | None] = mapped_column(ForeignKey("comptes.id"))  # None: with a command
    masquee_motif: Mapped[str | None] = mapped_column(Text)  # public reason, shown instead of the name
    effacee_le: Mapped[datetime | None] = mapped_column(UTCDateTime)  # the bytes no longer exist

    brouillon: Mapped[BrouillonReponse | None] = relationship(viewonly=True)
    etape: Mapped[Etape | None] = relationship(viewonly=True)

    @property
    def est_masquee(self) -> bool:
        return self.masquee_le is not None

    def masquer(self, motif: str, *, le: datetime, par_id: int | None) -> None:
        self.masquee_le, self.masquee_motif, self.masquee_par_id = le, motif, par_id

    def effacer(self, le: datetime) -> None:
        """Forget the name. The caller removes the bytes after the commit."""
        self.effacee_le, self.nom = le, ""
