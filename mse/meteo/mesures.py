"""Pure functions: index and level computed from five pairs k out of n (docs/regles/meteo.md)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from math import fsum, sqrt

from mse.demarche import ReglagesMeteo

DECIMALES = 9  # number of decimals of an index
Z95 = 1.959963984540054  # 97.5 % quantile of the normal distribution: 95 % lie between ±Z95


class Mesure(StrEnum):
    REPRESENTATION = "representation"
    EXPRESSION = "expression"
    ECOUTE = "ecoute"
    RESOLUTION = "resolution"
    INITIATIVE = "initiative"


class Niveau(StrEnum):
    """Levels from best to worst; `BROUILLARD` (fog) means that there is not enough data for a level."""

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
    """A count: k out of n. Raise `ValueError` unless 0 ≤ k ≤ n."""

    k: int
    n: int

    def __post_init__(self) -> None:
        if not 0 <= self.k <= self.n:
            raise ValueError(f"{self.k} among {self.n}")

    @property
    def part(self) -> float | None:
        """Return k / n, between 0 and 1; None if n is 0."""
        return self.k / self.n if self.n else None

    @property
    def intervalle(self) -> tuple[float, float] | None:
        """Return Wilson's score interval at 95 % (Wilson, 1927), within [0, 1]; None if n is 0."""
        if not self.n:
            return None
        part, z2 = self.k / self.n, Z95 * Z95
        centre = part + z2 / (2 * self.n)
        marge = Z95 * sqrt(part * (1 - part) / self.n + z2 / (4 * self.n * self.n))
        sous = 1 + z2 / self.n
        bas, haut = (centre - marge) / sous, (centre + marge) / sous
        return bas if self.k else 0.0, haut if self.k < self.n else 1.0  # exact despite rounding


RIEN = Chiffre(0, 0)


@dataclass(frozen=True)
class Releve:
    """The weather of one territoire on one day: figures of each measure, resulting index and level."""

    chiffres: Mapping[Mesure, Chiffre]
    reglages: ReglagesMeteo

    def __getitem__(self, mesure: Mesure) -> Chiffre:
        return self.chiffres.get(mesure, RIEN)

    def compte(self, mesure: Mesure) -> bool:
        """True if the measure counts in the index: n reaches the minimum (small numbers prove nothing) and
        its weight is not 0."""
        return self[mesure].n >= self.reglages.minimum and self.reglages.poids[mesure] > 0

    @cached_property
    def comptees(self) -> list[Mesure]:
        return [mesure for mesure in Mesure if self.compte(mesure)]

    @property
    def est_brouillard(self) -> bool:
        return len(self.comptees) < self.reglages.mesures_minimum

    @cached_property
    def indice(self) -> float | None:
        """Return the weighted mean of the measures that count, from 0 to 100; None in the fog."""
        return None if self.est_brouillard else self._mean([self[une].part or 0.0 for une in self.comptees])

    @cached_property
    def fourchette(self) -> tuple[float, float] | None:
        """Return the weighted means of the lower and of the upper Wilson bounds, between 0 and 100; None in
        the fog."""
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
        """Compare with the weather one window earlier (`avant`). Return None if either one is fog."""
        indice, ancien = self.indice, avant.indice
        if indice is None or ancien is None:
            return None
        if indice - ancien > self.reglages.tendance:
            return Tendance.HAUSSE
        return Tendance.BAISSE if ancien - indice > self.reglages.tendance else Tendance.STABLE

    def _mean(self, valeurs: Sequence[float]) -> float:
        """Return 100 × the weighted mean over the measures that count. The exact sum and the rounding keep
        the mean of three values of 60 at 60: no rounding error lowers the level."""
        poids = [self.reglages.poids[une] for une in self.comptees]
        somme = fsum(p * valeur for p, valeur in zip(poids, valeurs, strict=True))
        return round(100 * somme / fsum(poids), DECIMALES)
