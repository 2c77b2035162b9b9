"""Tasks of the animateurs: urgent thèmes first, then the longest wait; late answers come last."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from mse.accueil import queries
from mse.core.clock import local_date
from mse.core.working_days import count_working_days
from mse.demarche import get_demarche


class Geste(StrEnum):
    """Task of the animateurs on a fiche."""

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


def list_attentes(*, le: date) -> list[Attente]:
    """Return at most `QUEUE_SIZE` tasks of each kind, in four queries whatever the number of fiches."""
    en_retard = queries.list_retards_urgents(le=le)
    lignes: list[tuple[Geste, Any, date]] = [
        *((Geste.RELIRE, ligne, local_date(ligne.deposee_le)) for ligne in queries.list_retenues()),
        *((Geste.ORIENTER, ligne, local_date(ligne.deposee_le)) for ligne in queries.list_a_orienter()),
        *((Geste.TRANCHER, une, local_date(une.demandee_le)) for une in queries.list_a_trancher(le=le)),
        *((Geste.RELANCER, ligne, ligne.reponse_due) for ligne in en_retard),
    ]
    return _ranked(lignes, le)


def _ranked(lignes: Iterable[tuple[Geste, Any, date]], le: date) -> list[Attente]:
    urgents = get_demarche().themes_urgents
    attentes = [
        Attente(geste, ligne, ligne.theme_code in urgents, count_working_days(depuis, le))
        for geste, ligne, depuis in lignes
    ]
    return sorted(attentes, key=lambda une: (une.geste == Geste.RELANCER, not une.urgente, -une.jours))
