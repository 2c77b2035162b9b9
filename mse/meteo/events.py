"""Events of bulletins. They carry ids only."""

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
