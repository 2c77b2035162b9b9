"""How much of an owner's time to answer is used, for the bar that all pages show."""

from dataclasses import dataclass
from datetime import date

from mse.core.working_days import count_working_days


@dataclass(frozen=True)
class Delai:
    """Working days: `total` given to answer, `ecoule` used, `retard` beyond the due date."""

    total: int
    ecoule: int
    retard: int

    @property
    def part(self) -> int:
        """The bar of the days within the limit, in percent of its whole length."""
        return round(100 * min(self.ecoule, self.total) / max(self.total, self.ecoule, 1))


def mesurer_attente(total: int, *, due: date, le: date) -> Delai:
    """While an answer is awaited. Count from the due date, which a transfer or a reopening may have moved."""
    retard = count_working_days(due, le)
    return Delai(total, max(0, total - count_working_days(le, due)) + retard, retard)


def mesurer_reponse(total: int, *, ouverte: date, repondue: date) -> Delai:
    """Once the first detailed answer was given."""
    ecoule = count_working_days(ouverte, repondue)
    return Delai(total, ecoule, max(0, ecoule - total))
