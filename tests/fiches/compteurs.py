"""The counters of the home page, computed from the fiches, to check the stored ones."""

from sqlalchemy import func, select

from mse.extensions import db
from mse.fiches.models import Fiche
from mse.fiches.queries.compteurs import count_delai


def recount() -> dict[str, int]:
    publiees = db.session.scalar(select(func.count()).select_from(Fiche).where(Fiche.est_comptee))
    compte = {"publiees": publiees or 0, "traitees": 0}
    for fiche in db.session.scalars(select(Fiche).where(Fiche.est_comptee, Fiche.repondue_le.is_not(None))):
        compte["traitees"] += 1
        cle = f"delai:{count_delai(fiche)}"
        compte[cle] = compte.get(cle, 0) + 1
    return compte
