"""Events of the reminders. They carry ids only."""

from dataclasses import dataclass

from mse.core.events import Event


@dataclass(frozen=True, kw_only=True)
class SaisineRelancee(Event):
    """The association reminded the owner of a saisine by hand."""

    saisine_id: int


@dataclass(frozen=True, kw_only=True)
class RelancesEnvoyees(Event):
    """The reminders to one recipient on one day are ready: they leave in one mail."""

    envoi_id: int
