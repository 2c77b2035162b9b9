"""The figures of the home page, kept by the transactions that change them."""

from sqlalchemy import func, select

from mse.core.clock import local_date
from mse.core.database import increment
from mse.core.events import on
from mse.core.working_days import count_working_days
from mse.extensions import db
from mse.fiches.events import FichePubliee, FicheTraitee
from mse.fiches.models import Compteur, Fiche


@on(FichePubliee)
def count_published(_event: FichePubliee) -> None:
    increment(Compteur, "publiees")


@on(FicheTraitee)
def count_treated(event: FicheTraitee) -> None:
    fiche = db.session.get_one(Fiche, event.fiche_id)
    increment(Compteur, "traitees", f"delai:{_delai(fiche)}")


def recount() -> dict[str, int]:
    """The same figures from the facts alone, for the proof that both agree."""
    publiees = db.session.scalar(select(func.count()).select_from(Fiche).where(Fiche.est_comptee))
    compte = {"publiees": publiees or 0, "traitees": 0}
    for fiche in db.session.scalars(select(Fiche).where(Fiche.est_comptee, Fiche.repondue_le.is_not(None))):
        compte["traitees"] += 1
        cle = f"delai:{_delai(fiche)}"
        compte[cle] = compte.get(cle, 0) + 1
    return compte


def _delai(fiche: Fiche) -> int:
    assert fiche.deposee_le is not None
    assert fiche.repondue_le is not None
    return count_working_days(local_date(fiche.deposee_le), local_date(fiche.repondue_le))
