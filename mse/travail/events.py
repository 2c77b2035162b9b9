"""Events of the work of a team. They carry ids only."""

from dataclasses import dataclass

from mse.core.events import Event


@dataclass(frozen=True, kw_only=True)
class SaisineAttribuee(Event):
    """A saisine was assigned to an agent of its owner."""

    saisine_id: int


@dataclass(frozen=True, kw_only=True)
class SaisineRendueALEquipe(Event):
    """The assignment of a saisine was removed: the whole team handles it."""

    saisine_id: int


@dataclass(frozen=True, kw_only=True)
class FiltreGardeEcrit(Event):
    """An agent saved filters of the queue under a name, for the team."""

    filtre_id: int


@dataclass(frozen=True, kw_only=True)
class FiltreGardeSupprime(Event):
    filtre_id: int
