"""Pause of the time to answer: the owner waits for a précision of the delegates."""

from datetime import date, datetime

from sqlalchemy.orm import Mapped, mapped_column

from mse.core.clock import local_date
from mse.core.database import UTCDateTime
from mse.core.errors import TransitionInterdite
from mse.core.text import _
from mse.core.working_days import add_working_days, count_working_days, subtract_working_days
from mse.demarche import get_demarche
from mse.fiches.models.report import Reportable
from mse.fiches.workflow import CauseReport

SUSPENDUE = "(suspendue_le IS NULL) = (suspendue_jusqu_au IS NULL)"


def retirer_reste(due: date, jusqu_au: date, le: date) -> date:
    """Return the due date if a pause that may last until `jusqu_au` ends on the day `le`: `due` without the
    unused working days."""
    return subtract_working_days(due, count_working_days(le, jusqu_au))


class Pausable(Reportable):
    """Columns and methods of `Saisine` about pauses. A saisine has at most one open pause.

    The start of a pause postpones the due date by all the days that a pause may still last. Its end takes the
    unused days back. If the pause reaches its last day, no job has to end it. All pauses of a saisine
    together have a maximum, which starts again when it is reopened.

    An answer given during a pause does not move the due date: otherwise answering would change the météo
    (docs/regles/meteo.md). The next message of the delegates ends the pause as if there had been no answer.
    """

    suspendue_le: Mapped[datetime | None] = mapped_column(UTCDateTime)  # start of the open pause
    suspendue_jusqu_au: Mapped[date | None]  # its last day at the latest
    jours_suspendus: Mapped[int] = mapped_column(default=0, server_default="0")  # of the ended pauses

    def est_suspendue(self, le: date) -> bool:
        """True on a day of the pause, if the answer is still awaited."""
        return self.est_en_cours and self.suspendue_jusqu_au is not None and le <= self.suspendue_jusqu_au

    def peut_suspendre(self, le: date) -> bool:
        """True if a question to the delegates starts a pause. It does not if a pause is open, if the answer
        is late or if the pauses have reached their maximum."""
        if not self.est_en_cours or self.reponse_due < le or self.est_suspendue(le):
            return False
        return self._jours_suspendus(le) < get_demarche().delais.suspension

    def suspendre(self, le: datetime) -> None:
        """Begin a pause, and postpone the due date by all the days that it may last."""
        jour = local_date(le)
        if not self.peut_suspendre(jour):
            raise TransitionInterdite(_("Le délai de cette fiche ne peut plus être suspendu."))
        self._clore()
        reste = get_demarche().delais.suspension - self.jours_suspendus
        self.suspendue_le, self.suspendue_jusqu_au = le, add_working_days(jour, reste)
        self._reporter(add_working_days(self.reponse_due, reste), le, CauseReport.SUSPENSION)

    def reprendre(self, le: datetime) -> bool:
        """End the pause, and take its unused days from the due date. Return False if no pause is open."""
        if self.suspendue_le is None:
            return False
        due, tenue_le = self.echeance_sans_suite(local_date(le)), self.tenue_le
        self._clore(local_date(le))
        if due != self.reponse_due:
            self._reporter(due, le, CauseReport.REPRISE)
            self.tenue_le = tenue_le  # set if an answer was given during the pause
        return True

    def echeance_sans_suite(self, le: date) -> date:
        """Return the due date if the pause ended on this day. Without a pause, it is the present due date."""
        if self.suspendue_le is None or self.suspendue_jusqu_au is None or le >= self.suspendue_jusqu_au:
            return self.reponse_due
        due = retirer_reste(self.reponse_due, self.suspendue_jusqu_au, le)
        return due if due >= le else add_working_days(le, 1)  # begun on the due date, ended on a Sunday

    def oublier_pauses(self) -> None:
        """Close the open pause and set the number of used days to 0, because the saisine is reopened."""
        self.suspendue_le = self.suspendue_jusqu_au = None
        self.jours_suspendus = 0

    def _clore(self, le: date | None = None) -> None:
        """Close the open pause and add its days until `le` to the used ones. The due date does not move."""
        self.jours_suspendus = self._jours_suspendus(le)
        self.suspendue_le = self.suspendue_jusqu_au = None

    def _jours_suspendus(self, le: date | None) -> int:
        """Return the working days of the ended pauses plus those of the open one until `le`, or until its
        last day if `le` is None."""
        if self.suspendue_le is None or self.suspendue_jusqu_au is None:
            return self.jours_suspendus
        fin = self.suspendue_jusqu_au if le is None else min(le, self.suspendue_jusqu_au)
        return self.jours_suspendus + count_working_days(local_date(self.suspendue_le), fin)
