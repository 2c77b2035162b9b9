"""How much of a time limit in working days is used, for the progress bar that the pages show."""

from dataclasses import dataclass
from datetime import date

from mse.core.working_days import count_working_days


@dataclass(frozen=True)
class TimeLimit:
    """Working days: `total` given, `used` so far, `late` beyond the due date."""

    total: int
    used: int
    late: int

    @property
    def percent(self) -> int:
        """Return the percentage of the bar for the days used within the limit; the delay takes the rest."""
        return round(100 * min(self.used, self.total) / max(self.total, self.used, 1))


def measure_waiting(total: int, *, due: date, today: date) -> TimeLimit:
    """Measure a running limit. Used days are counted back from `due`, which may have been postponed."""
    late = count_working_days(due, today)
    return TimeLimit(total, max(0, total - count_working_days(today, due)) + late, late)


def measure_done(total: int, *, begun: date, done: date) -> TimeLimit:
    """Measure a limit that ended on the day `done`."""
    used = count_working_days(begun, done)
    return TimeLimit(total, used, max(0, used - total))
