"""The weather of one territoire as a page says it: words, whole numbers."""

from dataclasses import dataclass, field
from math import ceil

from mse.meteo.libelles import NIVEAUX, TENDANCES
from mse.meteo.mesures import Niveau, Releve, Tendance


@dataclass(frozen=True)
class Etat:
    """Equal to another when it reads the same: maps are kept by their états."""

    code: str
    nom: str
    niveau: Niveau
    indice: int | None  # without its decimals, never rounded up: 74.9 is no 75
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
    """`avant`: the weather one window earlier."""
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
