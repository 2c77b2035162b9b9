"""Events of promotions and mandats. They hold ids only; a handler reads the rest."""

from dataclasses import dataclass
from datetime import date

from mse.core.events import Event


@dataclass(frozen=True, kw_only=True)
class PromotionCreee(Event):
    promotion_id: int


@dataclass(frozen=True, kw_only=True)
class PromotionModifiee(Event):
    """A promotion was changed. `depuis`: first day of the météo that may change."""

    promotion_id: int
    depuis: date


@dataclass(frozen=True, kw_only=True)
class PromotionContinuee(Event):
    """The promotion continues an earlier one from now on: its delegates inherit the fiches of that one."""

    promotion_id: int


@dataclass(frozen=True, kw_only=True)
class MandatOuvert(Event):
    """A compte represents a promotion from now on."""

    mandat_id: int


@dataclass(frozen=True, kw_only=True)
class MandatRetire(Event):
    """The mandat was deleted before its first day."""

    mandat_id: int


@dataclass(frozen=True, kw_only=True)
class MandatTermine(Event):
    """The mandat was given a last day before the end of the course; that day may be in the future."""

    mandat_id: int


@dataclass(frozen=True, kw_only=True)
class ElectionEnregistree(Event):
    """An election was recorded. `MandatOuvert` announces each of its mandats."""

    election_id: int


@dataclass(frozen=True, kw_only=True)
class CarenceConstatee(Event):
    election_id: int
