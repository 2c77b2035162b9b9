"""Events of repères. They carry ids only."""

from dataclasses import dataclass

from mse.core.events import Event


@dataclass(frozen=True, kw_only=True)
class EvenementDeRepere(Event):
    repere_id: int


class RepereEcrit(EvenementDeRepere):
    """A draft was created or changed."""


class RepereSupprime(EvenementDeRepere):
    """A draft was deleted."""


class ReperePublie(EvenementDeRepere):
    pass


class RepereConfirme(EvenementDeRepere):
    """Its owner says that it is still valid."""


@dataclass(frozen=True, kw_only=True)
class RepereModifie(EvenementDeRepere):
    """A new version was published. `numero`: the number of that version."""

    numero: int


class RepereRemplace(EvenementDeRepere):
    pass


class RepereRetire(EvenementDeRepere):
    pass


class RepereConfie(EvenementDeRepere):
    """Its acteur was closed: the association is its owner now."""


class RepereARevoir(EvenementDeRepere):
    """Its date of review has come, or the last reminder is a week old."""


@dataclass(frozen=True, kw_only=True)
class RepereLie(EvenementDeRepere):
    fiche_id: int


@dataclass(frozen=True, kw_only=True)
class RepereDelie(EvenementDeRepere):
    fiche_id: int
