"""The figures of the home page, read from the counters of fiches."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import select

from mse.core.cache import THIRTY_SECONDS, cached_for
from mse.core.clock import local_date
from mse.core.database import is_state
from mse.core.working_days import count_working_days
from mse.extensions import db
from mse.fiches.api import Publication
from mse.fiches.models import Compteur, Fiche


@dataclass(frozen=True)
class Chiffres:
    """Figures of the fiches that are public now."""

    publiees: int
    traitees: int  # of these, those with at least one detailed answer
    delai_median: int | None  # working days from filing to the first detailed answer

    @property
    def part_traitee(self) -> int | None:
        """Share of treated fiches in percent, rounded down so that only «all» is 100."""
        return 100 * self.traitees // self.publiees if self.publiees else None


_F = Fiche.__table__.c
_COMPTEURS = select(Compteur.__table__.c.cle, Compteur.__table__.c.valeur)
_RETIREES = select(_F.deposee_le, _F.repondue_le).where(
    _F.est_comptee,
    is_state(_F.publication, Publication.RETIREE),
    ~is_state(_F.publication, Publication.PUBLIEE),  # selects the partial index
)


@cached_for(THIRTY_SECONDS)
def get_chiffres() -> Chiffres:
    """Read the counters of all fiches ever published, and subtract those that are withdrawn, one by one."""
    valeurs = Counter(dict(db.session.execute(_COMPTEURS).all()))
    for deposee_le, repondue_le in db.session.execute(_RETIREES):
        valeurs["publiees"] -= 1
        if repondue_le is not None:
            valeurs["traitees"] -= 1
            valeurs[f"delai:{count_working_days(local_date(deposee_le), local_date(repondue_le))}"] -= 1
    delais = sorted(
        (int(cle.removeprefix("delai:")), n) for cle, n in valeurs.items() if cle.startswith("delai:")
    )
    return Chiffres(valeurs["publiees"], valeurs["traitees"], _median(delais))


def _median(counts: list[tuple[int, int]]) -> int | None:
    """Return the lower median of a histogram sorted by value, None if it is empty."""
    rank = (sum(n for _value, n in counts) + 1) // 2
    for value, n in counts:
        rank -= n
        if rank <= 0 and n:
            return value
    return None
