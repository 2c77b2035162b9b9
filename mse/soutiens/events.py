"""Events of soutiens."""

from dataclasses import dataclass

from mse.core.events import Event


@dataclass(frozen=True, kw_only=True)
class EvenementDeSoutien(Event):
    fiche_id: int
    promotion_id: int


class SoutienDonne(EvenementDeSoutien):
    """A promotion has the problem of the fiche too."""


class SoutienCorrige(EvenementDeSoutien):
    """The number of its people has changed."""


class SoutienRetire(EvenementDeSoutien):
    pass
