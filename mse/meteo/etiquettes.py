"""Pure functions that size the labels of a map, split their names into lines and avoid overlaps.

A label has an icon and its figure; below them the name on at most two lines, then the level in words.
Units are those of the map. meteo.css derives the sizes of the word and the figure from that of the name.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from math import copysign
from typing import NamedTuple

_LIGNE = 12  # characters of a name on one line
_MOT = "x" * len("Grand soleil")  # the longest word below a name
_LARGEUR, _INTERLIGNE = 0.56, 1.1  # width of a character, line height, relative to the font size


class Taille(NamedTuple):
    place: int  # half the height that must be free around the label
    dessin: int
    police: int  # font size of the name


GRANDE, MOYENNE, PETITE = Taille(42, 44, 18), Taille(25, 34, 16), Taille(0, 24, 13)


class Place(NamedTuple):
    """The preferred centre of a label. `libre`: half the free height around it."""

    code: str
    x: float
    y: float
    libre: float


@dataclass
class Etiquette:
    """The box of a label around its centre (x, y)."""

    code: str
    x: float
    y: float
    lignes: tuple[str, ...]
    taille: Taille

    @property
    def largeur(self) -> float:
        textes = max(map(len, (*self.lignes, _MOT))) if self.lignes else 0
        return max(self.taille.dessin + 2 * self.taille.police, _LARGEUR * self.taille.police * textes)

    @property
    def hauteur(self) -> float:
        lignes = len(self.lignes) + 1 if self.lignes else 0
        return self.taille.dessin + _INTERLIGNE * self.taille.police * lignes

    @property
    def milieu_du_dessin(self) -> float:
        return self.y - (self.hauteur - self.taille.dessin) / 2


def poser(places: list[Place], noms: Mapping[str, str]) -> list[Etiquette]:
    """Return one label for each place. Named places share one size, the one that fits the narrowest of them;
    places that are too small or unnamed get `PETITE`. Overlapping labels are moved apart."""
    narrowest = min((place.libre for place in places if place.libre >= MOYENNE.place), default=0)
    commune = GRANDE if narrowest >= GRANDE.place else MOYENNE
    etiquettes = [
        Etiquette(
            place.code,
            place.x,
            place.y,
            couper(noms[place.code]) if place.code in noms else (),
            commune if place.code in noms and place.libre >= MOYENNE.place else PETITE,
        )
        for place in places
    ]
    _spread(etiquettes)
    return etiquettes


def couper(nom: str) -> tuple[str, ...]:
    """Split a long name after a hyphen or at a space, near its middle: «Alpes-de- / Haute-Provence»."""
    cuts = [match.end() for match in re.finditer("[- ]", nom)]
    if len(nom) <= _LIGNE or not cuts:
        return (nom,)
    cut = min(cuts, key=lambda place: max(place, len(nom) - place))
    return nom[:cut].rstrip(), nom[cut:]


def _spread(etiquettes: list[Etiquette]) -> None:
    """Move overlapping labels apart, each by half of the overlap, along the axis where it is smaller."""
    for _turn in range(50):
        for une, autre in combinations(etiquettes, 2):
            across = (une.largeur + autre.largeur) / 2 - abs(autre.x - une.x)
            down = (une.hauteur + autre.hauteur) / 2 - abs(autre.y - une.y)
            if across <= 0 or down <= 0:
                continue
            if across < down:
                step = copysign(across / 2, autre.x - une.x)
                une.x, autre.x = une.x - step, autre.x + step
            else:
                step = copysign(down / 2, autre.y - une.y)
                une.y, autre.y = une.y - step, autre.y + step
