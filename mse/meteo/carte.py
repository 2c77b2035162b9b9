"""Geometry of the map of some territoires: their shapes at one scale, and the position of each label.

Pure. Units are those of an SVG 700 wide; x grows eastwards, y southwards. The shapes come from
donnees/departements.json; the template adds words, colours and links (components/meteo.html).
"""

import json
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import NamedTuple

from mse.core.cache import memoized
from mse.meteo.etiquettes import Place, Taille, poser

LARGEUR = 700
_HAUTEUR_MAX, _HAUTEUR_SEULE = 620, 420  # maximum height of the map, and of a map with one shape
_MARGE = 10
_LISIBLES = 20  # maximum number of shapes with names; beyond, labels have a drawing and a figure only
_ENCART_MAX, _ECART = 340, 24  # maximum side of an inset below the main map, gap around it
# Paris and its neighbours are too small at the scale of their région: an inset shows them enlarged.
_COURONNE = ("75", "92", "93", "94")


@dataclass(frozen=True)
class Cadre:
    """The rectangle of an inset, or the part of the main map that an inset enlarges."""

    x: int
    y: int
    largeur: int
    hauteur: int


@dataclass(frozen=True)
class Forme:
    """A territoire on the map. `trace`: its SVG path, which also draws it in an inset if one enlarges it."""

    code: str
    trace: str
    x: int  # centre of the weather icon; the name and the level are below
    y: int
    lignes: tuple[str, ...]  # its name, on at most two lines; empty if there is no room
    taille: Taille


@dataclass(frozen=True)
class Carte:
    hauteur: int
    formes: tuple[Forme, ...]
    sans_forme: tuple[str, ...]  # codes without an outline: shown as tiles
    encarts: tuple[Cadre, ...]  # rectangles of the insets
    loupe: Cadre | None  # part of the main map that the first inset enlarges


Outline = list[tuple[int, int]]


class _Trace(NamedTuple):
    """A département as stored in departements.json, in the units of its projection plane."""

    code: str
    x: int
    y: int
    rayon: int  # half the height free around x, y
    outlines: list[Outline]


class _Bornes(NamedTuple):
    left: int
    top: int
    right: int
    bottom: int


class _Echelle(NamedTuple):
    """Transformation from a projection plane to the drawing: scale, then translation."""

    scale: float
    dx: float
    dy: float

    def __call__(self, x: float, y: float) -> tuple[int, int]:
        return round(x * self.scale + self.dx), round(y * self.scale + self.dy)


@memoized(64)
def dessiner(lieux: tuple[tuple[str, str], ...]) -> Carte:
    """Return the map of `lieux`: pairs (code, name as in the démarche). Their order is kept."""
    noms = dict(lieux)
    traces = [trace for code in noms if (trace := _load().get(code))]
    principale, apart = _split_shapes(traces)
    hauteur = _map_height(_bounds(principale), len(principale)) if principale else 0
    encarts = _inset_frames(hauteur, len(apart))
    cadres = [Cadre(0, 0, LARGEUR, hauteur)] * bool(principale) + list(encarts)
    groupes = [principale] * bool(principale) + apart
    panneaux = [(groupe, _fit(_bounds(groupe), cadre)) for groupe, cadre in zip(groupes, cadres, strict=True)]
    traits: defaultdict[str, str] = defaultdict(str)
    for groupe, echelle in panneaux:
        for trace in groupe:
            traits[trace.code] += "".join(_svg_path(outline, echelle) for outline in trace.outlines)
    formes = _label(panneaux, traits, noms if len(traces) <= _LISIBLES else {})
    return Carte(
        encarts[0].y + encarts[0].hauteur + _MARGE if encarts else hauteur,
        tuple(formes[trace.code] for trace in traces),
        tuple(code for code in noms if code not in formes),
        encarts,
        _frame_around(_bounds(apart[0]), panneaux[0][1]) if apart and apart[0][0] in principale else None,
    )


def _split_shapes(traces: list[_Trace]) -> tuple[list[_Trace], list[list[_Trace]]]:
    """Return the shapes of the main map and those of each inset: the couronne enlarged, then each overseas
    département, which has its own projection plane."""
    metropole = [trace for trace in traces if len(trace.code) == 2]
    outre_mer = [[trace] for trace in traces if len(trace.code) == 3]
    couronne = [trace for trace in metropole if trace.code in _COURONNE]
    if not metropole and len(outre_mer) == 1:
        return outre_mer[0], []
    if couronne and len(couronne) < len(metropole):
        return metropole, [couronne, *outre_mer]
    return metropole, outre_mer


def _bounds(traces: list[_Trace]) -> _Bornes:
    points = [point for trace in traces for outline in trace.outlines for point in outline]
    xs, ys = [x for x, _y in points], [y for _x, y in points]
    return _Bornes(min(xs), min(ys), max(xs), max(ys))


def _map_height(bornes: _Bornes, nombre: int) -> int:
    """Return the height of the main map at full width, limited to the maximum height."""
    height = (bornes.bottom - bornes.top) * (LARGEUR - 2 * _MARGE) / (bornes.right - bornes.left)
    return min(round(height) + 2 * _MARGE, _HAUTEUR_MAX if nombre > 1 else _HAUTEUR_SEULE)


def _inset_frames(haut: int, nombre: int) -> tuple[Cadre, ...]:
    """Return `nombre` squares in a centred row below the main map."""
    if not nombre:
        return ()
    cote = min(_ENCART_MAX, (LARGEUR - _ECART * (nombre + 1)) // nombre)
    gauche = (LARGEUR - nombre * cote - (nombre - 1) * _ECART) // 2
    return tuple(Cadre(gauche + rang * (cote + _ECART), haut + _ECART, cote, cote) for rang in range(nombre))


def _fit(bornes: _Bornes, cadre: Cadre) -> _Echelle:
    """Return the largest scale at which `bornes` fit in the frame, centred."""
    scale = min(
        (cadre.largeur - 2 * _MARGE) / (bornes.right - bornes.left),
        (cadre.hauteur - 2 * _MARGE) / (bornes.bottom - bornes.top),
    )
    return _Echelle(
        scale,
        cadre.x + (cadre.largeur - (bornes.left + bornes.right) * scale) / 2,
        cadre.y + (cadre.hauteur - (bornes.top + bornes.bottom) * scale) / 2,
    )


def _frame_around(bornes: _Bornes, echelle: _Echelle) -> Cadre:
    """Return the part of the main map that contains `bornes`, drawn at this scale."""
    left, top = echelle(bornes.left, bornes.top)
    right, bottom = echelle(bornes.right, bornes.bottom)
    return Cadre(left - 4, top - 4, right - left + 8, bottom - top + 8)


def _label(
    panneaux: list[tuple[list[_Trace], _Echelle]], traits: dict[str, str], noms: dict[str, str]
) -> dict[str, Forme]:
    """Return the labelled shapes. A shape drawn again in an inset has its label there, where it is larger."""
    ici = {trace.code: echelle for groupe, echelle in panneaux for trace in groupe}
    formes = {}
    for groupe, echelle in panneaux:
        places = [
            Place(trace.code, *echelle(trace.x, trace.y), trace.rayon * echelle.scale)
            for trace in groupe
            if ici[trace.code] is echelle
        ]
        for une in poser(places, noms):
            x, y = round(une.x), round(une.milieu_du_dessin)
            formes[une.code] = Forme(une.code, traits[une.code], x, y, une.lignes, une.taille)
    return formes


def _svg_path(outline: Outline, echelle: _Echelle) -> str:
    """Return an SVG path of relative lines in whole numbers, without consecutive equal points."""
    points = [echelle(x, y) for x, y in outline]
    points = [point for point, before in zip(points, [None, *points], strict=False) if point != before]
    if len(points) < 3:
        return ""
    steps = (f"{bx - ax} {by - ay}" for (ax, ay), (bx, by) in pairwise(points))
    return f"M{points[0][0]} {points[0][1]}l{' '.join(steps)}z".replace(" -", "-")


@cache
def _load() -> dict[str, _Trace]:
    text = (resources.files("mse.meteo") / "donnees" / "departements.json").read_text("utf-8")
    return {
        row["code"]: _Trace(row["code"], row["x"], row["y"], row["rayon"], _read_outlines(row["path"]))
        for row in json.loads(text)
    }


def _read_outlines(path: str) -> list[Outline]:
    outlines = []
    for part in path.split("z")[:-1]:
        numbers = [int(number) for number in re.findall(r"-?\d+", part)]
        x, y, outline = 0, 0, []
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            outline.append((x, y))
        outlines.append(outline)
    return outlines
