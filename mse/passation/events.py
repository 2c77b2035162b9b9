"""Events of the handover. They hold ids only."""

from dataclasses import dataclass

from mse.core.events import Event


@dataclass(frozen=True, kw_only=True)
class PassationVue(Event):
    """A new delegate has read where everything stands."""

    mandat_id: int


@dataclass(frozen=True, kw_only=True)
class MotLaisse(Event):
    """A delegate left a word for the next ones, or changed it."""

    promotion_id: int


@dataclass(frozen=True, kw_only=True)
class MotRepris(Event):
    """A delegate took the word back."""

    promotion_id: int
