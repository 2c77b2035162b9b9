"""What happens to the directory. Ids only: whoever reacts reads the rest itself."""

from dataclasses import dataclass

from mse.core.events import Event


@dataclass(frozen=True, kw_only=True)
class ActeurCree(Event):
    acteur_id: int


@dataclass(frozen=True, kw_only=True)
class ActeurActualise(Event):
    """The State's list said something new about it."""

    acteur_id: int


@dataclass(frozen=True, kw_only=True)
class CompetenceCreee(Event):
    competence_id: int


@dataclass(frozen=True, kw_only=True)
class PromotionCreee(Event):
    promotion_id: int


@dataclass(frozen=True, kw_only=True)
class PromotionActualisee(Event):
    """Its end or its headcount is another one."""

    promotion_id: int


@dataclass(frozen=True, kw_only=True)
class AppartenanceOuverte(Event):
    """A compte works for an acteur from now on."""

    appartenance_id: int


@dataclass(frozen=True, kw_only=True)
class AppartenanceChangee(Event):
    """An agent became référent, or is no longer."""

    appartenance_id: int


@dataclass(frozen=True, kw_only=True)
class MandatOuvert(Event):
    """A compte speaks for a promotion from now on."""

    mandat_id: int
