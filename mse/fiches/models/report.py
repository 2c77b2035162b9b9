"""Urgency of an answer, and postponement of its due date."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped, mapped_column

from mse.core.clock import local_date
from mse.core.errors import TransitionInterdite
from mse.core.text import _
from mse.core.workflow import next_state
from mse.core.working_days import add_working_days
from mse.fiches.libelles import dire_refus
from mse.fiches.models.fiche import Fiche
from mse.fiches.models.transfert import EcheanceRemplacee
from mse.fiches.urgence import Urgence, classer, cle_de_tri, est_sans_reponse
from mse.fiches.workflow import TRANSITIONS, Action, CauseReport, Statut


class Reportable:
    """Due date of a saisine: the days added by an extension, and what they change."""

    if TYPE_CHECKING:  # attributes that Saisine declares
        statut: Mapped[Statut]
        reponse_due: Mapped[date]
        agir_avant: Mapped[date]
        tenue_le: Mapped[datetime | None]
        fiche: Mapped[Fiche]
        echeances_remplacees: Mapped[list[EcheanceRemplacee]]

        @property
        def est_en_cours(self) -> bool: ...

    # Working days that the owner has added to the time limit; 0 again once reopened.
    jours_prolonges: Mapped[int] = mapped_column(default=0, server_default="0")

    def urgence(self, le: date) -> Urgence | None:
        """Return the level of urgency on the day `le`, None if no answer is awaited."""
        return classer(self.reponse_due, le) if self.est_en_cours else None

    def est_sans_reponse(self, le: date) -> bool:
        return self.est_en_cours and est_sans_reponse(self.reponse_due, le)

    def prolonger(self, jours: int, *, le: datetime) -> None:
        """Postpone the due date by `jours` working days."""
        self.exige_prolongeable(local_date(le))
        self._reporter(add_working_days(self.reponse_due, jours), le, CauseReport.PROLONGATION)
        self.jours_prolonges = jours
        self.fiche.actualiser()

    def exige_prolongeable(self, le: date) -> None:
        """Raise `TransitionInterdite` after the due date, and if it was postponed since the opening or the
        last reopening."""
        next_state(TRANSITIONS, self.statut, Action.PROLONGER, dire_refus)
        if le > self.reponse_due:
            raise TransitionInterdite(_("La date de réponse est passée : elle ne peut plus être reportée."))
        if self.est_prolongee:
            raise TransitionInterdite(_("La date de réponse a déjà été reportée une fois."))

    @property
    def est_prolongee(self) -> bool:
        """True if the owner has postponed the answer since the opening or the last reopening."""
        return self.jours_prolonges > 0

    def peut_etre_prolongee(self, le: date) -> bool:
        return self.est_en_cours and self.reponse_due >= le and not self.est_prolongee

    def _reporter(self, due: date, le: datetime, cause: CauseReport) -> None:
        """Replace the due date. The history keeps the previous one with the day of the answer that met it, if
        any."""
        self.echeances_remplacees.append(
            EcheanceRemplacee(echeance=self.reponse_due, tenue_le=self.tenue_le, remplacee_le=le, cause=cause)
        )
        self.reponse_due, self.tenue_le = due, None
        self.agir_avant = cle_de_tri(due, self.fiche.promotion.fin)
