"""Events of reports."""

from dataclasses import dataclass

from mse.core.events import Event


@dataclass(frozen=True, kw_only=True)
class EvenementDeSignalement(Event):
    signalement_id: int


class PageSignalee(EvenementDeSignalement):
    """Somebody reported a public page, or contests that his report was set aside."""


class SignalementDecide(EvenementDeSignalement):
    """An animateur decided on a report."""
