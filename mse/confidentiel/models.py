"""Confidential reports, their messages, and who read them. No public query reads these tables (ADR 26)."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mse.comptes.models import Compte
from mse.confidentiel.workflow import TRANSITIONS, Acte, Etat, Sujet
from mse.core.database import UTCDateTime, partial_index, state
from mse.core.text import _
from mse.core.workflow import next_state, possible
from mse.extensions import Model

A_LIRE = "attend_depuis IS NOT NULL"


class Confidence(Model):
    """A confidential report. It has no organisme, no promotion and no thème: nothing public can count it."""

    __tablename__ = "signalements_confidentiels"
    __table_args__ = (
        CheckConstraint("(etat = 'clos') = (clos_le IS NOT NULL)", name="clos"),
        CheckConstraint("clos_le IS NULL OR attend_depuis IS NULL", name="attente"),
        partial_index("ix_signalements_confidentiels_a_lire", "id", where=A_LIRE),
        Index(None, "clos_le"),
        Index(None, "auteur_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)  # of the receipt code; idempotency key
    auteur_id: Mapped[int | None] = mapped_column(ForeignKey("comptes.id", ondelete="SET NULL"))
    sujet: Mapped[Sujet] = mapped_column(state(Sujet))
    mineur: Mapped[bool]  # the author says that somebody under 18 is in danger
    etat: Mapped[Etat] = mapped_column(state(Etat), default=Etat.RECU)
    recu_le: Mapped[datetime] = mapped_column(UTCDateTime)
    attend_depuis: Mapped[datetime | None] = mapped_column(UTCDateTime)  # the author waits for a reader
    clos_le: Mapped[datetime | None] = mapped_column(UTCDateTime)
    # Received after many others from the same address: listed apart, without a mail.
    en_nombre: Mapped[bool] = mapped_column(default=False)

    messages: Mapped[list["MessageConfidentiel"]] = relationship(
        viewonly=True, order_by="MessageConfidentiel.id"
    )
    lectures: Mapped[list["LectureConfidentielle"]] = relationship(
        viewonly=True, order_by="LectureConfidentielle.le"
    )
    auteur: Mapped[Compte | None] = relationship(viewonly=True)

    @property
    def est_clos(self) -> bool:
        return self.etat == Etat.CLOS

    @property
    def actes(self) -> list[Acte]:
        """Return what a reader can do now."""
        return possible(TRANSITIONS, self.etat)

    def traiter(self, acte: Acte, *, le: datetime) -> None:
        """Apply the act of a reader. Raise `TransitionInterdite`."""
        self.etat = next_state(TRANSITIONS, self.etat, acte, _refuser)
        self.attend_depuis = None
        if self.est_clos:
            self.clos_le = le

    def attendre(self, *, le: datetime) -> None:
        """The author wrote. The oldest message that nobody has answered counts."""
        self.attend_depuis = self.attend_depuis or le


class MessageConfidentiel(Model):
    """A message of the author, or what a reader did, with its text. Plain text: it is never interpreted."""

    __tablename__ = "messages_confidentiels"
    __table_args__ = (
        CheckConstraint("(lecteur_id IS NULL) = (acte IS NULL)", name="auteur"),
        Index(None, "signalement_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cle: Mapped[str] = mapped_column(String(36), unique=True)  # idempotency key of the form
    signalement_id: Mapped[int] = mapped_column(ForeignKey("signalements_confidentiels.id"))
    lecteur_id: Mapped[int | None] = mapped_column(ForeignKey("comptes.id"))  # None: the author
    acte: Mapped[Acte | None] = mapped_column(state(Acte))
    le: Mapped[datetime] = mapped_column(UTCDateTime)
    texte: Mapped[str] = mapped_column(Text)  # empty if the report is only taken

    lecteur: Mapped[Compte | None] = relationship(viewonly=True)


class LectureConfidentielle(Model):
    """A reader opened the report on that day. Written before the text is shown."""

    __tablename__ = "lectures_confidentielles"

    signalement_id: Mapped[int] = mapped_column(ForeignKey("signalements_confidentiels.id"), primary_key=True)
    compte_id: Mapped[int] = mapped_column(ForeignKey("comptes.id"), primary_key=True)
    jour: Mapped[date] = mapped_column(primary_key=True)
    le: Mapped[datetime] = mapped_column(UTCDateTime)

    compte: Mapped[Compte] = relationship(viewonly=True)


def _refuser(etat: Etat, _actes: list[Acte]) -> str:
    if etat == Etat.CLOS:
        return _("Ce message confidentiel est clos\u202f: il ne change plus.")
    if etat == Etat.RECU:
        return _("Prenez d’abord ce message en charge.")
    return _("Ce message est déjà pris en charge.")
