"""The days and territoires to count."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from mse.annuaire.models import Territoire
from mse.extensions import db
from mse.meteo.presences import merge


@dataclass(frozen=True)
class Periode:
    """The days to count, each with its window of `fenetre` days.

    `lignees`: code → itself and its ancestors. `sous_arbre`: the only codes to count, None for all.
    """

    debut: date
    fin: date
    fenetre: int
    lignees: dict[str, tuple[str, ...]]
    sous_arbre: Collection[str] | None = None

    @property
    def depuis(self) -> date:
        """Return the first day of the first window."""
        return self.debut - timedelta(days=self.fenetre - 1)

    def fenetres(self, jours: Iterable[date]) -> list[tuple[date, date]]:
        """Return the days whose window contains one of `jours`."""
        return merge((jour, jour + timedelta(days=self.fenetre - 1)) for jour in jours)

    def limit(self, query: Any, territoire: Any) -> Any:
        """Restrict the query to the territoires to count. `territoire`: its column of codes."""
        return query if self.sous_arbre is None else query.where(territoire.in_(self.sous_arbre))


def get_lignees() -> dict[str, tuple[str, ...]]:
    """Return, for every territoire, its code and those of its ancestors, from bottom to top."""
    parents = dict(db.session.execute(select(Territoire.code, Territoire.parent_code)).all())

    def walk(code: str | None) -> Iterator[str]:
        while code is not None:
            yield code
            code = parents[code]

    return {code: tuple(walk(code)) for code in parents}
