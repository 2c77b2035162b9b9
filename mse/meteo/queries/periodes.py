"""The days to know, and where."""

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
    """The days to know, each with its window.

    `lignees`: a code → it and those above. `sous_arbre`: only what lies there.
    """

    debut: date
    fin: date
    fenetre: int
    lignees: dict[str, tuple[str, ...]]
    sous_arbre: Collection[str] | None = None

    @property
    def depuis(self) -> date:
        """The first day of the first window."""
        return self.debut - timedelta(days=self.fenetre - 1)

    def fenetres(self, jours: Iterable[date]) -> list[tuple[date, date]]:
        """The days whose window holds one of `jours`."""
        return merge((jour, jour + timedelta(days=self.fenetre - 1)) for jour in jours)

    def limit(self, query: Any, territoire: Any) -> Any:
        return query if self.sous_arbre is None else query.where(territoire.in_(self.sous_arbre))


def get_lignees() -> dict[str, tuple[str, ...]]:
    """Of every territoire: its code, its parent's, and so on up."""
    parents = dict(db.session.execute(select(Territoire.code, Territoire.parent_code)).all())

    def walk(code: str | None) -> Iterator[str]:
        while code is not None:
            yield code
            code = parents[code]

    return {code: tuple(walk(code)) for code in parents}
