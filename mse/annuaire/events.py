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
class ActeurModifie(Event):
    """A person changed its profile. Whoever knows a reason why it may not be so raises."""

    acteur_id: int


@dataclass(frozen=True, kw_only=True)
class ActeurFerme(Event):
    """Whoever knows a reason why it may not close yet raises, in the same transaction."""

    acteur_id: int


@dataclass(frozen=True, kw_only=True)
class ActeurRouvert(Event):
    acteur_id: int


@dataclass(frozen=True, kw_only=True)
class CompetenceCreee(Event):
    competence_id: int


@dataclass(frozen=True, kw_only=True)
class CompetenceRetiree(Event):
    """The row is gone: `acteur_id` lost it."""

    acteur_id: int


@dataclass(frozen=True, kw_only=True)
class ThemeModifie(Event):
    """Created, changed or retired. A thème has no number: the line of its history has one."""

    changement_id: int


@dataclass(frozen=True, kw_only=True)
class TerritoireRenomme(Event):
    changement_id: int


@dataclass(frozen=True, kw_only=True)
class AppartenanceOuverte(Event):
    """A compte works for an acteur from now on."""

    appartenance_id: int


@dataclass(frozen=True, kw_only=True)
class AppartenanceFermee(Event):
    """From now on the compte no longer works for the acteur."""

    appartenance_id: int


@dataclass(frozen=True, kw_only=True)
class ReferentNomme(Event):
    appartenance_id: int


@dataclass(frozen=True, kw_only=True)
class ReferentDemis(Event):
    appartenance_id: int
