"""What happens to promotions and mandats. Ids only: whoever reacts reads the rest itself."""

from dataclasses import dataclass
from datetime import date

from mse.core.events import Event


@dataclass(frozen=True, kw_only=True)
class PromotionCreee(Event):
    promotion_id: int


@dataclass(frozen=True, kw_only=True)
class PromotionModifiee(Event):
    """`depuis`: the first day that reads otherwise now."""

    promotion_id: int
    depuis: date


@dataclass(frozen=True, kw_only=True)
class PromotionContinuee(Event):
    """This promotion continues another from now on: its delegates inherit that one's fiches."""

    promotion_id: int


@dataclass(frozen=True, kw_only=True)
class MandatOuvert(Event):
    """A compte speaks for a promotion from now on."""

    mandat_id: int


@dataclass(frozen=True, kw_only=True)
class MandatRetire(Event):
    """It had not begun: nothing is left of it."""

    mandat_id: int


@dataclass(frozen=True, kw_only=True)
class MandatTermine(Event):
    """Before the end of the course, or to be so: a day was set."""

    mandat_id: int


@dataclass(frozen=True, kw_only=True)
class ElectionEnregistree(Event):
    """Its mandats are told by `MandatOuvert`."""

    election_id: int


@dataclass(frozen=True, kw_only=True)
class CarenceConstatee(Event):
    election_id: int
