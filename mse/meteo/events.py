"""What happens to bulletins and their subscribers. Ids only, but for one."""

from dataclasses import dataclass

from mse.core.events import Event


@dataclass(frozen=True, kw_only=True)
class EvenementBulletin(Event):
    bulletin_id: int


class BulletinCompose(EvenementBulletin):
    """Begun or written anew; nobody reads it yet."""


class BulletinPublie(EvenementBulletin):
    """Public from now on, its figures for ever."""


class BulletinSupprime(EvenementBulletin):
    """A draft, thrown away."""


@dataclass(frozen=True, kw_only=True)
class AbonnementDemande(Event):
    """Somebody gave an address for the bulletins; its owner has to confirm."""

    abonne_id: int


@dataclass(frozen=True, kw_only=True)
class AbonnementConfirme(Event):
    abonne_id: int


@dataclass(frozen=True, kw_only=True)
class AbonnementTermine(Event):
    """The address is forgotten. Named once more, to whoever else still holds it; written down nowhere."""

    abonne_id: int
    courriel: str
