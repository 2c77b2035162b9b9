"""Events of the work of a team. They carry ids only."""

from dataclasses import dataclass

from mse.core.events import Event


@dataclass(frozen=True, kw_only=True)
class SaisineAttribuee(Event):
    """An agent of the owner's team has the saisine now."""

    saisine_id: int


@dataclass(frozen=True, kw_only=True)
class SaisineRendueALEquipe(Event):
    """Nobody in particular has the saisine any more."""

    saisine_id: int


@dataclass(frozen=True, kw_only=True)
class FiltreGardeEcrit(Event):
    """The team keeps a filter under a name."""

    filtre_id: int


@dataclass(frozen=True, kw_only=True)
class FiltreGardeSupprime(Event):
    filtre_id: int
