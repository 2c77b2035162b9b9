"""Tasks of the animateurs, in the order of the page.

Urgent thèmes come first, and inside each half late answers come last, because for the other tasks everybody
waits for the animateurs. Then the longest wait comes first.
"""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from mse.core.clock import local_date
from mse.core.working_days import count_working_days
from mse.demarche import get_demarche


class Geste(StrEnum):
    """Task of the animateurs on a page. The value is the name of a source in the registry
    (`mse.core.registry`)."""

    RELIRE = "relire"  # the fiche waits for a reading before its publication
    JUGER = "signalees"  # somebody reported a public page
    EXAMINER = "examiner"  # a reader of a private thread reported a message
    ORIENTER = "orienter"  # the fiche has no owner
    TRANCHER = "trancher"  # a request to reopen is contested, or the owner did not decide in time
    RELANCER = "relancer"  # an answer on an urgent thème is late


@dataclass(frozen=True)
class Attente:
    """One row of a queue. `urgente`: of an urgent thème, or reported for a danger. `jours`: working days
    since the animateurs could have acted."""

    geste: Geste
    ligne: Any
    urgente: bool
    jours: int


def list_attentes(read: Mapping[str, Sequence[Any]], *, le: date) -> list[Attente]:
    """Return the tasks among the rows of the registry, in the order of the page."""
    urgents = get_demarche().themes_urgents
    attentes = [
        Attente(
            geste, ligne, _est_urgente(geste, ligne, urgents), count_working_days(_jour(ligne.depuis), le)
        )
        for geste in Geste
        for ligne in read[geste.value]
    ]
    return sorted(attentes, key=lambda une: (not une.urgente, une.geste == Geste.RELANCER, -une.jours))


def _est_urgente(geste: Geste, ligne: Any, urgents: Container[str]) -> bool:
    return bool(ligne.est_urgente) if geste == Geste.JUGER else ligne.theme_code in urgents


def _jour(depuis: date | datetime) -> date:
    return local_date(depuis) if isinstance(depuis, datetime) else depuis
