"""Events of follows. They carry ids only, except `AbonneEfface`."""

from dataclasses import dataclass

from mse.core.events import Event


@dataclass(frozen=True, kw_only=True)
class SuiviCommence(Event):
    suivi_id: int


@dataclass(frozen=True, kw_only=True)
class SuiviArrete(Event):
    suivi_id: int


@dataclass(frozen=True, kw_only=True)
class SuiviDemande(Event):
    """A follow was requested for an e-mail address; its owner must confirm it."""

    suivi_id: int


@dataclass(frozen=True, kw_only=True)
class SuiviConfirme(Event):
    suivi_id: int


@dataclass(frozen=True, kw_only=True)
class AbonneARelancer(Event):
    """An address will be deleted soon, unless its owner wants to stay."""

    abonne_id: int


@dataclass(frozen=True, kw_only=True)
class AbonneEfface(Event):
    """An address follows nothing any more. The event contains it for the outbox to erase; it is not
    stored."""

    abonne_id: int
    courriel: str


@dataclass(frozen=True, kw_only=True)
class NouvelleSuivie(Event):
    """A public fact of a fiche, to be told to the accounts that follow it. It is never recorded: the worker
    keeps it in its queue, once for each batch of followers.

    `etape_id`: the line of history that states the fact; None if the fiche itself is new. `apres`: id of the
    last account of the previous batch.
    """

    fiche_id: int
    etape_id: int | None
    apres: int = 0
