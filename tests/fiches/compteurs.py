"""The counters of the home page, computed from the fiches, to check the stored ones."""

from sqlalchemy import func, select

from mse.core.clock import local_date
from mse.core.working_days import count_working_days
from mse.extensions import db
from mse.fiches.models import Fiche


def recount() -> dict[str, int]:
    publiees = db.session.scalar(select(func.count()).select_from(Fiche).where(Fiche.est_comptee))
    compte = {"publiees": publiees or 0, "traitees": 0}
    for fiche in db.session.scalars(select(Fiche).where(Fiche.est_comptee, Fiche.repondue_le.is_not(None))):
        compte["traitees"] += 1
        debut, fin = (local_date(le) for le in (fiche.deposee_le, fiche.repondue_le))
        cle = f"delai:{count_working_days(debut, fin)}"
        compte[cle] = compte.get(cle, 0) + 1
    return compte
