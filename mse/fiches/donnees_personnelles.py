"""What the relecture of a fiche catches before it is filed."""

from collections.abc import Iterator
from dataclasses import dataclass

from mse.core.coordonnees import find_coordonnees
from mse.fiches.models import PARTIES, Fiche


@dataclass(frozen=True)
class Trouvaille:
    champ: str  # titre or one of the four parts
    extrait: str


def find_personal_data(fiche: Fiche) -> list[Trouvaille]:
    """Each distinct excerpt once, in the order of the fiche."""
    return list(dict.fromkeys(_scan(fiche)))


def _scan(fiche: Fiche) -> Iterator[Trouvaille]:
    for champ in ("titre", *PARTIES):
        for extrait in find_coordonnees(getattr(fiche, champ)):
            yield Trouvaille(champ, extrait)
