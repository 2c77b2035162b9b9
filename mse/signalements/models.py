"""Reports of public pages."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from mse.core.database import UTCDateTime, partial_index, state
from mse.core.errors import TransitionInterdite
from mse.core.text import _
from mse.core.workflow import next_state
from mse.extensions import Model
from mse.masquage.api import Sujet
from mse.signalements.workflow import OUVERTS, TRANSITIONS, Decision, Etat, Raison


class Signalement(Model):
    """What somebody reported about a page, and what the animateurs decided. Whoever has the code reads it.

    Deleted 12 months after the decision.
    """

    __tablename__ = "signalements"
    __table_args__ = (
        CheckConstraint("(decide_le IS NULL) = (motif IS NULL)", name="decide"),
        CheckConstraint("etat = 'recu' OR decide_le IS NOT NULL", name="etat_decide"),
        CheckConstraint("etat <> 'conteste' OR contestation IS NOT NULL", name="contestation"),
        Index(None, "sujet", "page_id", "id"),
        partial_index("ix_signalements_ouverts", "sujet", "page_id", where="etat IN ('recu', 'conteste')"),
        Index(None, "decide_le"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cle: Mapped[str] = mapped_column(String(36), unique=True)  # idempotency key of the form (double click)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    sujet: Mapped[Sujet] = mapped_column(state(Sujet))
    page_id: Mapped[int]
    raison: Mapped[Raison] = mapped_column(state(Raison))
    texte: Mapped[str] = mapped_column(Text)
    compte_id: Mapped[int | None] = mapped_column(ForeignKey("comptes.id", ondelete="SET NULL"), index=True)
    courriel: Mapped[str | None] = mapped_column(String(254))  # of a person without an account who wants it
    recu_le: Mapped[datetime] = mapped_column(UTCDateTime)
    etat: Mapped[Etat] = mapped_column(state(Etat), default=Etat.RECU)
    motif: Mapped[str | None] = mapped_column(Text)  # of the last decision; the reporter reads it
    decide_le: Mapped[datetime | None] = mapped_column(UTCDateTime)
    contestation: Mapped[str | None] = mapped_column(Text)

    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}

    @property
    def est_ouvert(self) -> bool:
        return self.etat in OUVERTS

    @property
    def est_contestable(self) -> bool:
        """True once it was set aside; it can be contested once."""
        return self.etat == Etat.CLASSE and self.contestation is None

    def exige_contestable(self) -> None:
        """Raise `TransitionInterdite` if there is no decision to contest, or it was contested before."""
        if not self.est_contestable:
            raise TransitionInterdite(_("Cette décision ne peut pas, ou plus, être contestée."))

    def avancer(self, decision: Decision) -> None:
        """Change the state. Raise `TransitionInterdite` if the table does not allow it."""
        self.etat = next_state(TRANSITIONS, self.etat, decision, _refus)


def _refus(etat: Etat, _possibles: list[Decision]) -> str:
    return {
        Etat.RECU: _("L’équipe d’animation n’a pas encore lu ce signalement."),
        Etat.SUIVI: _("L’équipe d’animation a déjà donné suite à ce signalement."),
        Etat.CLASSE: _("Ce signalement est déjà classé."),
        Etat.CONTESTE: _("Cette décision est déjà contestée\u202f: l’équipe d’animation la relit."),
    }[etat]
