"""Events of class fiches. They carry ids only."""

from dataclasses import dataclass

from mse.core.events import Event


@dataclass(frozen=True, kw_only=True)
class ClasseOuverte(Event):
    """A draft was opened to the class, or its link replaced."""

    fiche_id: int


@dataclass(frozen=True, kw_only=True)
class ClasseFermee(Event):
    """A delegate closed the link."""

    fiche_id: int


@dataclass(frozen=True, kw_only=True)
class ContributionsEnAttente(Event):
    """Contributions to a draft have waited for the delegates."""

    fiche_id: int


@dataclass(frozen=True, kw_only=True)
class MotsEnAttente(Event):
    """Words left by trainees have waited for the delegates."""

    promotion_id: int
