"""Events of merges. Each adds an étape to the history of its fiche."""

from dataclasses import dataclass

from mse.core.events import Event
from mse.fiches.events import EvenementDeFiche


@dataclass(frozen=True, kw_only=True)
class FicheReunie(EvenementDeFiche):
    """The fiche was merged into the fiche `principale_id`, which readers see instead."""

    principale_id: int


@dataclass(frozen=True, kw_only=True)
class FicheRejointe(EvenementDeFiche):
    """Another fiche was merged into this one."""


@dataclass(frozen=True, kw_only=True)
class FicheSeparee(EvenementDeFiche):
    """The fiche is no longer merged into `principale_id`: readers see both again."""

    principale_id: int


@dataclass(frozen=True, kw_only=True)
class FicheQuittee(EvenementDeFiche):
    """Another fiche is no longer merged into this one."""


@dataclass(frozen=True, kw_only=True)
class DoublonEcarte(Event):
    """An animateur said that two fiches are about two problems."""

    fiche_id: int
    autre_id: int
