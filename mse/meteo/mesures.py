"""Compute the index and its level from five pairs k out of n (docs/regles/meteo.md). Pure functions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from math import fsum, sqrt

from mse.demarche import ReglagesMeteo

DECIMALES = 9  # of an index
Z95 = 1.959963984540054  # the 97.5 % quantile of the normal law: 95 % lie between -Z95 and Z95


class Mesure(StrEnum):
    REPRESENTATION = "representation"
    EXPRESSION = "expression"
    ECOUTE = "ecoute"
    RESOLUTION = "resolution"
    INITIATIVE = "initiative"


class Niveau(StrEnum):
    """From best to worst; the fog is no level of its own: it says that nothing can be said."""

    GRAND_SOLEIL = "grand_soleil"
    ECLAIRCIES = "eclaircies"
    NUAGEUX = "nuageux"
    PLUIE = "pluie"
    ORAGE = "orage"
    BROUILLARD = "brouillard"


class Tendance(StrEnum):
    HAUSSE = "hausse"
    STABLE = "stable"
    BAISSE = "baisse"


@dataclass(frozen=True, slots=True)
class Chiffre:
    """k among n. Raises `ValueError` unless 0 ≤ k ≤ n."""

    k: int
    n: int

    def __post_init__(self) -> None:
        if not 0 <= self.k <= self.n:
            raise ValueError(f"{self.k} among {self.n}")

    @property
    def part(self) -> float | None:
        """Between 0 and 1; None of nothing."""
        return self.k / self.n if self.n else None

    @property
    def intervalle(self) -> tuple[float, float] | None:
        """Wilson's score interval at 95 % (Wilson, 1927), between 0 and 1."""
        if not self.n:
            return None
        part, z2 = self.k / self.n, Z95 * Z95
        centre = part + z2 / (2 * self.n)
        marge = Z95 * sqrt(part * (1 - part) / self.n + z2 / (4 * self.n * self.n))
        sous = 1 + z2 / self.n
        bas, haut = (centre - marge) / sous, (centre + marge) / sous
        return bas if self.k else 0.0, haut if self.k < self.n else 1.0  # exactly, whatever the rounding


RIEN = Chiffre(0, 0)


@dataclass(frozen=True)
class Releve:
    """The weather of one territoire on one day: its figures, and what they make together."""

    chiffres: Mapping[Mesure, Chiffre]
    reglages: ReglagesMeteo

    def __getitem__(self, mesure: Mesure) -> Chiffre:
        return self.chiffres.get(mesure, RIEN)

    def compte(self, mesure: Mesure) -> bool:
        """Small numbers prove nothing."""
        return self[mesure].n >= self.reglages.minimum and self.reglages.poids[mesure] > 0

    @cached_property
    def comptees(self) -> list[Mesure]:
        return [mesure for mesure in Mesure if self.compte(mesure)]

    @property
    def est_brouillard(self) -> bool:
        return len(self.comptees) < self.reglages.mesures_minimum

    @cached_property
    def indice(self) -> float | None:
        """Between 0 and 100; None in the fog: never a number then."""
        return None if self.est_brouillard else self._mean([self[une].part or 0.0 for une in self.comptees])

    @cached_property
    def fourchette(self) -> tuple[float, float] | None:
        """The means of the lower and of the upper bounds of Wilson, between 0 and 100."""
        if self.est_brouillard:
            return None
        bornes = [self[une].intervalle or (0.0, 1.0) for une in self.comptees]
        return self._mean([bas for bas, _haut in bornes]), self._mean([haut for _bas, haut in bornes])

    @property
    def niveau(self) -> Niveau:
        indice = self.indice
        if indice is None:
            return Niveau.BROUILLARD
        for niveau in (Niveau.GRAND_SOLEIL, Niveau.ECLAIRCIES, Niveau.NUAGEUX, Niveau.PLUIE):
            if indice >= self.reglages.niveaux[niveau]:
                return niveau
        return Niveau.ORAGE

    def tendance(self, avant: "Releve") -> Tendance | None:
        """Against the weather one window earlier; None when either side is fog."""
        indice, ancien = self.indice, avant.indice
        if indice is None or ancien is None:
            return None
        if indice - ancien > self.reglages.tendance:
            return Tendance.HAUSSE
        return Tendance.BAISSE if ancien - indice > self.reglages.tendance else Tendance.STABLE

    def _mean(self, valeurs: Sequence[float]) -> float:
        """Of the measures that count, by their weights; 60 out of 100, three times, is 60: no level is lost
        to the rounding of a sum."""
        poids = [self.reglages.poids[une] for une in self.comptees]
        somme = fsum(p * valeur for p, valeur in zip(poids, valeurs, strict=True))
        return round(100 * somme / fsum(poids), DECIMALES)
