"""What happens to bulletins. Ids only."""

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
