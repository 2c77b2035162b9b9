"""Events of bulletins and their subscribers. They carry ids only, except `AbonnementTermine`."""

from dataclasses import dataclass

from mse.core.events import Event


@dataclass(frozen=True, kw_only=True)
class EvenementBulletin(Event):
    bulletin_id: int


class BulletinCompose(EvenementBulletin):
    """A draft was created or edited."""


class BulletinPublie(EvenementBulletin):
    """The bulletin is public and its figures are frozen."""


class BulletinSupprime(EvenementBulletin):
    """A draft was deleted."""


@dataclass(frozen=True, kw_only=True)
class AbonnementDemande(Event):
    """A subscription was requested for an address; its owner must confirm it."""

    abonne_id: int


@dataclass(frozen=True, kw_only=True)
class AbonnementConfirme(Event):
    abonne_id: int


@dataclass(frozen=True, kw_only=True)
class AbonnementTermine(Event):
    """A subscriber was deleted. The event contains the address for the outbox to erase; it is not stored."""

    abonne_id: int
    courriel: str
