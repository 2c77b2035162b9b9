"""Tasks of the animateurs: urgent thèmes first. Among them, what only an animateur can do comes before late
answers; the longest wait first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from mse.core.clock import local_date
from mse.core.working_days import count_working_days
from mse.demarche import get_demarche


class Geste(StrEnum):
    """Task of the animateurs on a fiche: the name of its source in the registry for reading."""

    RELIRE = "relire"  # it is held back
    ORIENTER = "orienter"  # it has no owner
    TRANCHER = "trancher"  # a reopening is contested, or left undecided
    RELANCER = "relancer"  # of an urgent thème, and its answer is late


@dataclass(frozen=True)
class Attente:
    """One row of a queue; `jours`: working days since the animateurs could have acted."""

    geste: Geste
    ligne: Any
    urgente: bool
    jours: int


def list_attentes(read: Mapping[str, Sequence[Any]], *, le: date) -> list[Attente]:
    """Return the tasks among the rows of the registry, in the order of the page."""
    urgents = get_demarche().themes_urgents
    attentes = [
        Attente(geste, ligne, ligne.theme_code in urgents, count_working_days(_jour(ligne.depuis), le))
        for geste in Geste
        for ligne in read[geste.value]
    ]
    return sorted(attentes, key=lambda une: (not une.urgente, une.geste == Geste.RELANCER, -une.jours))


def _jour(depuis: date | datetime) -> date:
    return local_date(depuis) if isinstance(depuis, datetime) else depuis
