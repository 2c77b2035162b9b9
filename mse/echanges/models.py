"""Private messages between the owner of a saisine and the delegates, and internal notes of an acteur."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mse.annuaire.models import Acteur
from mse.comptes.models import Compte
from mse.core.database import UTCDateTime, partial_index
from mse.core.files import Store, Stored
from mse.extensions import Model
from mse.fiches.models import Saisine

# A reader reported the message, and the animateurs have neither masked nor left it.
A_EXAMINER = "signale_le IS NOT NULL AND masque_le IS NULL AND laisse_le IS NULL"


class Message(Model):
    """A message of the owner or of the delegates. Never public, never edited."""

    __tablename__ = "messages_echanges"
    __table_args__ = (
        CheckConstraint("acteur_id IS NOT NULL OR NOT attend_reponse", name="question"),
        CheckConstraint("(masque_le IS NULL) = (masque_motif IS NULL)", name="masque"),
        CheckConstraint("laisse_le IS NULL OR signale_le IS NOT NULL", name="laisse"),
        Index(None, "saisine_id", "id"),
        partial_index("ix_messages_echanges_a_examiner", "signale_le", "id", where=A_EXAMINER),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cle: Mapped[str] = mapped_column(String(36), unique=True)  # idempotency key of the form
    saisine_id: Mapped[int] = mapped_column(ForeignKey("saisines.id"))
    acteur_id: Mapped[int | None] = mapped_column(ForeignKey("acteurs.id"))  # None: of the delegates
    auteur_id: Mapped[int] = mapped_column(ForeignKey("comptes.id"))
    le: Mapped[datetime] = mapped_column(UTCDateTime)
    texte: Mapped[str] = mapped_column(Text)
    texte_html: Mapped[str] = mapped_column(Text)
    attend_reponse: Mapped[bool] = mapped_column(default=False)  # the owner waits for the delegates
    signale_le: Mapped[datetime | None] = mapped_column(UTCDateTime)  # one side asked an animateur to read it
    laisse_le: Mapped[datetime | None] = mapped_column(UTCDateTime)  # an animateur read it and left it
    masque_le: Mapped[datetime | None] = mapped_column(UTCDateTime)
    masque_motif: Mapped[str | None] = mapped_column(Text)  # shown instead of the text

    saisine: Mapped[Saisine] = relationship(viewonly=True)
    acteur: Mapped[Acteur | None] = relationship(viewonly=True)
    auteur: Mapped[Compte] = relationship(viewonly=True)
    pieces: Mapped[list["PieceMessage"]] = relationship(viewonly=True, order_by="PieceMessage.id")

    def masquer(self, motif: str, *, le: datetime) -> None:
        """Replace the text by the reason. The message and its date stay."""
        self.masque_le, self.masque_motif = le, motif
        self.texte = self.texte_html = ""


class PieceMessage(Stored):
    """A file joined to a message. Only those who read the message read it."""

    __tablename__ = "pieces_messages"
    __table_args__ = (
        UniqueConstraint("message_id", "empreinte"),
        CheckConstraint("taille > 0", name="taille"),
    )
    store = Store("pieces_messages")

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("messages_echanges.id"))

    message: Mapped[Message] = relationship(viewonly=True)


class Fil(Model):
    """The thread of a saisine: its last message, and the addressee of that message, an acteur or a
    promotion."""

    __tablename__ = "fils_echanges"
    __table_args__ = (
        CheckConstraint("(acteur_id IS NULL) <> (promotion_id IS NULL)", name="cote"),
        *(
            partial_index(name, side, "dernier_id", "saisine_id", where=f"{side} IS NOT NULL")
            for name, side in (
                ("ix_fils_echanges_du_responsable", "acteur_id"),
                ("ix_fils_echanges_des_delegues", "promotion_id"),
            )
        ),
    )

    saisine_id: Mapped[int] = mapped_column(ForeignKey("saisines.id"), primary_key=True)
    dernier_id: Mapped[int] = mapped_column(ForeignKey("messages_echanges.id"))
    acteur_id: Mapped[int | None] = mapped_column(ForeignKey("acteurs.id"))  # to the owner
    promotion_id: Mapped[int | None] = mapped_column(ForeignKey("promotions.id"))  # to the delegates

    def suivre(self, message: Message, saisine: Saisine) -> None:
        """Make `message` the last one. If the delegates wrote it, it is addressed to the present owner."""
        self.dernier_id = message.id
        des_delegues = message.acteur_id is None
        self.acteur_id = saisine.acteur_id if des_delegues else None
        self.promotion_id = None if des_delegues else saisine.fiche.promotion_id


class LectureFil(Model):
    """How far a person has read the messages of the other side; for an agent, at least how far the acteur had
    when the agent joined it."""

    __tablename__ = "lectures_echanges"
    __table_args__ = (Index(None, "compte_id", "saisine_id", "message_id"),)

    saisine_id: Mapped[int] = mapped_column(ForeignKey("saisines.id"), primary_key=True)
    compte_id: Mapped[int] = mapped_column(ForeignKey("comptes.id", ondelete="CASCADE"), primary_key=True)
    acteur_id: Mapped[int | None] = mapped_column(
        ForeignKey("acteurs.id")
    )  # of the agent who read; None: a delegate
    message_id: Mapped[int] = mapped_column(ForeignKey("messages_echanges.id"))
    lu_le: Mapped[datetime] = mapped_column(UTCDateTime)  # when that message was read

    compte: Mapped[Compte] = relationship(viewonly=True)
    acteur: Mapped[Acteur | None] = relationship(viewonly=True)


class Note(Model):
    """An internal note of an acteur on a saisine. Only the agents of that acteur ever read it."""

    __tablename__ = "notes_internes"
    __table_args__ = (Index(None, "saisine_id", "acteur_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    cle: Mapped[str] = mapped_column(String(36), unique=True)  # idempotency key of the form
    saisine_id: Mapped[int] = mapped_column(ForeignKey("saisines.id"))
    acteur_id: Mapped[int] = mapped_column(ForeignKey("acteurs.id"))
    auteur_id: Mapped[int] = mapped_column(ForeignKey("comptes.id"))
    le: Mapped[datetime] = mapped_column(UTCDateTime)
    texte: Mapped[str] = mapped_column(Text)
    texte_html: Mapped[str] = mapped_column(Text)

    auteur: Mapped[Compte] = relationship(viewonly=True)
