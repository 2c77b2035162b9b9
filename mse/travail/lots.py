"""Actions on several saisines at once, each in a transaction of its own. Refused ones are collected for the
page."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from mse.core.errors import ErreurMetier
from mse.fiches.models import Saisine

LOT_MAX = 50  # saisines, one page of the queue


@dataclass(frozen=True)
class Choisie:
    """A saisine of a selection. `version`: that of the page, None if the page did not show it."""

    saisine: Saisine
    version: int | None = None


@dataclass
class Bilan:
    """Result of a batch. `refus`: title of each fiche that was refused, and the reason."""

    faites: int = 0
    refus: list[tuple[int, str, str]] = field(default_factory=list)


def appliquer(choisies: Iterable[Choisie], act: Callable[[Choisie], None]) -> Bilan:
    """Call the use case for each saisine. A refusal does not stop the others."""
    bilan = Bilan()
    for choisie in choisies:
        saisine_id, titre = choisie.saisine.id, choisie.saisine.fiche.titre or ""
        try:
            act(choisie)
        except ErreurMetier as error:
            bilan.refus.append((saisine_id, titre, str(error)))
        else:
            bilan.faites += 1
    return bilan
