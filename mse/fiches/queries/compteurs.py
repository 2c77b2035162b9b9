"""Time to answer, shown on the home page."""

from mse.core.clock import local_date
from mse.core.working_days import count_working_days
from mse.fiches.models import Fiche


def count_delai(fiche: Fiche) -> int:
    """Return the number of working days from the filing of the fiche to its first answer."""
    assert fiche.deposee_le is not None
    assert fiche.repondue_le is not None
    return count_working_days(local_date(fiche.deposee_le), local_date(fiche.repondue_le))
