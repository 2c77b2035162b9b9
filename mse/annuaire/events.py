"""Events of the directory. They carry ids only; handlers load the rest."""

from dataclasses import dataclass

from mse.core.events import Event


@dataclass(frozen=True, kw_only=True)
class ActeurCree(Event):
    acteur_id: int


@dataclass(frozen=True, kw_only=True)
class ActeurActualise(Event):
    """An import of the public list changed the acteur."""

    acteur_id: int


@dataclass(frozen=True, kw_only=True)
class ActeurModifie(Event):
    """A person changed the profile of an acteur. A handler raises to refuse the change."""

    acteur_id: int


@dataclass(frozen=True, kw_only=True)
class ActeurFerme(Event):
    """The acteur was closed. A handler may raise to refuse the closing: it runs in the same transaction."""

    acteur_id: int


@dataclass(frozen=True, kw_only=True)
class ActeurRouvert(Event):
    acteur_id: int


@dataclass(frozen=True, kw_only=True)
class CompetenceCreee(Event):
    competence_id: int


@dataclass(frozen=True, kw_only=True)
class CompetenceRetiree(Event):
    """A compétence was deleted. The event holds the id of its acteur, because the row no longer exists."""

    acteur_id: int


@dataclass(frozen=True, kw_only=True)
class ThemeModifie(Event):
    """A thème was created, changed or retired. The event names its history line."""

    changement_id: int


@dataclass(frozen=True, kw_only=True)
class TerritoireRenomme(Event):
    changement_id: int


@dataclass(frozen=True, kw_only=True)
class AppartenanceOuverte(Event):
    """An appartenance was created between a compte and an acteur."""

    appartenance_id: int


@dataclass(frozen=True, kw_only=True)
class AppartenanceFermee(Event):
    """An appartenance was ended: its agent no longer works for the acteur."""

    appartenance_id: int


@dataclass(frozen=True, kw_only=True)
class ReferentNomme(Event):
    appartenance_id: int


@dataclass(frozen=True, kw_only=True)
class ReferentDemis(Event):
    appartenance_id: int


@dataclass(frozen=True, kw_only=True)
class AbsenceDeclaree(Event):
    """A colleague gets the mails of an agent during a period."""

    absence_id: int


@dataclass(frozen=True, kw_only=True)
class AbsenceAnnulee(Event):
    absence_id: int
