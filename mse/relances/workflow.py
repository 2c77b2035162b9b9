"""The ladder of reminders: its steps, whom each one is for, and the due dates that each one covers."""

from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from mse.core.working_days import add_working_days, count_working_days
from mse.demarche import get_demarche


class Palier(StrEnum):
    """A step of the ladder, or a reminder that the association sends by hand."""

    AVANT = "avant"
    JOUR = "jour"
    REFERENTS = "referents"
    ASSOCIATION = "association"
    MANUELLE = "manuelle"


class Cercle(StrEnum):
    """Whom a reminder is for."""

    AGENTS = "agents"
    REFERENTS = "referents"
    ASSOCIATION = "association"


CERCLES = {
    Palier.AVANT: Cercle.AGENTS,
    Palier.JOUR: Cercle.AGENTS,
    Palier.REFERENTS: Cercle.REFERENTS,
    Palier.ASSOCIATION: Cercle.ASSOCIATION,
    Palier.MANUELLE: Cercle.AGENTS,
}
# From the lowest step to the highest one.
ECHELLE = (Palier.AVANT, Palier.JOUR, Palier.REFERENTS, Palier.ASSOCIATION)


class Tranche(NamedTuple):
    """The due dates from `du` to `au` whose highest step reached is `palier`."""

    palier: Palier
    du: date
    au: date


def list_tranches(le: date) -> list[Tranche]:
    """Cut the due dates by their highest step on the day `le`. After an outage only that step is sent."""
    reglages = get_demarche().relances
    bornes = [
        date.min,
        _find_latest(le, reglages.association),
        _find_latest(le, reglages.referents),
        le,
        add_working_days(le, reglages.avant),
    ]
    return [
        Tranche(palier, du + timedelta(days=1), au)
        for palier, du, au in zip(reversed(ECHELLE), bornes, bornes[1:], strict=False)
    ]


def list_atteints(palier: Palier) -> tuple[Palier, ...]:
    """The step and those above it: once one of them is recorded, the step is not sent any more."""
    return ECHELLE[ECHELLE.index(palier) :]


def _find_latest(le: date, jours: int) -> date:
    """The latest due date that is at least `jours` working days old on the day `le`."""
    due = le - timedelta(days=jours)
    while count_working_days(due, le) < jours:
        due -= timedelta(days=1)
    return due
