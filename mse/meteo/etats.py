"""The weather of one territoire as pages display it, in words and whole numbers."""

from dataclasses import dataclass, field
from math import ceil

from mse.meteo.libelles import NIVEAUX, TENDANCES
from mse.meteo.mesures import Niveau, Releve, Tendance


@dataclass(frozen=True)
class Etat:
    """Displayed weather of a territoire. Two objects are equal if they display the same text: rendered maps
    are cached by these objects."""

    code: str
    nom: str
    niveau: Niveau
    indice: int | None  # truncated, never rounded up: 74.9 is displayed as 74
    fourchette: tuple[int, int] | None
    tendance: Tendance | None
    releve: Releve = field(compare=False, repr=False)

    @property
    def mot(self) -> str:
        return str(NIVEAUX[self.niveau])

    @property
    def mot_tendance(self) -> str:
        return str(TENDANCES[self.tendance]) if self.tendance else ""


def dire_etat(code: str, nom: str, releve: Releve, avant: Releve) -> Etat:
    """Return the displayed form of `releve`. `avant`: the weather one window earlier."""
    fourchette = releve.fourchette
    return Etat(
        code,
        nom,
        releve.niveau,
        None if releve.indice is None else int(releve.indice),
        (int(fourchette[0]), ceil(fourchette[1])) if fourchette else None,
        releve.tendance(avant),
        releve,
    )
