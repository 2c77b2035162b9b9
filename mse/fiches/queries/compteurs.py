"""The figures of the home page."""

from sqlalchemy import func, select

from mse.core.clock import local_date
from mse.core.working_days import count_working_days
from mse.extensions import db
from mse.fiches.models import Fiche


def recount() -> dict[str, int]:
    """Compute the counters from the fiches, to check the stored ones."""
    publiees = db.session.scalar(select(func.count()).select_from(Fiche).where(Fiche.est_comptee))
    compte = {"publiees": publiees or 0, "traitees": 0}
    for fiche in db.session.scalars(select(Fiche).where(Fiche.est_comptee, Fiche.repondue_le.is_not(None))):
        compte["traitees"] += 1
        cle = f"delai:{count_delai(fiche)}"
        compte[cle] = compte.get(cle, 0) + 1
    return compte


def count_delai(fiche: Fiche) -> int:
    """Working days from the filing to the answer."""
    assert fiche.deposee_le is not None
    assert fiche.repondue_le is not None
    return count_working_days(local_date(fiche.deposee_le), local_date(fiche.repondue_le))
