"""Events of the confidential route. The acts of an author have no `par_id`, so that the journal does not
say who wrote."""

from dataclasses import dataclass

from mse.core.events import Event


@dataclass(frozen=True, kw_only=True)
class SignalementEnAttente(Event):
    """The author wrote: the report waits for a reader."""

    confidentiel_id: int


@dataclass(frozen=True, kw_only=True)
class SignalementOuvert(Event):
    """A reader opened the report, for the first time on this day."""

    confidentiel_id: int


@dataclass(frozen=True, kw_only=True)
class SignalementTraite(Event):
    """A reader took the report, answered, referred the author to somebody, or closed it."""

    confidentiel_id: int


@dataclass(frozen=True, kw_only=True)
class SignalementEfface(Event):
    """The report was deleted at the end of its time."""

    confidentiel_id: int


@dataclass(frozen=True, kw_only=True)
class ReferentNomme(Event):
    """An administrateur let this account read the confidential reports."""

    compte_id: int


@dataclass(frozen=True, kw_only=True)
class ReferentRetire(Event):
    """This account does not read the confidential reports any more."""

    compte_id: int
