"""The map of some territoires: their shapes at one scale, and where the name and the weather of each stand.

Pure geometry, in the units of an SVG 700 wide: x grows eastwards, y southwards. The shapes come from
donnees/departements.json; words, colours and links are the template's (components/meteo.html).
"""

import json
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise
from typing import NamedTuple

_LARGEUR = 700
_HAUTEUR_MAX = 680  # of the main map: a long région is narrower than 700 rather than endless
_MARGE = 10
_ENCART_MAX, _ECART = 340, 24  # the side of a framed map below the main one, the gap around it
_LIGNE = 12  # characters of a name on one line
# Paris and those around it: too small beside their région, they are drawn again, enlarged, in a frame.
_COURONNE = ("75", "92", "93", "94")
# Half the height free around a label → its size; the template and meteo.css know the three words.
_TAILLES = ((33, "grande"), (21, "moyenne"), (0, "petite"))
# From the middle of a label up to that of its drawing: for the word below, and for each line of the name.
_REMONTEE = {"grande": (10, 10), "moyenne": (8, 8), "petite": (8, 0)}

Outline = list[tuple[int, int]]


@dataclass(frozen=True)
class Cadre:
    """The rectangle of a map drawn apart, or of what is drawn there enlarged."""

    x: int
    y: int
    largeur: int
    hauteur: int


@dataclass(frozen=True)
class Forme:
    """A département on the map; its `trace` draws it once more where it is also enlarged."""

    code: str
    trace: str
    x: int  # the middle of the drawing; name and word stand below
    y: int
    lignes: tuple[str, ...]  # the name, in at most two lines
    taille: str  # of the label: grande, moyenne, petite


@dataclass(frozen=True)
class Carte:
    largeur: int
    hauteur: int
    formes: tuple[Forme, ...]
    sans_forme: tuple[str, ...]  # codes without an outline: shown as tiles
    encarts: tuple[Cadre, ...]  # the frames of what is drawn apart
    loupe: Cadre | None  # what the first of them enlarges

    @property
    def view_box(self) -> str:
        return f"0 0 {self.largeur} {self.hauteur}"


class _Trace(NamedTuple):
    """A département as departements.json has it, in the units of its plane."""

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
    """From a plane to the drawing."""

    scale: float
    dx: float
    dy: float

    def __call__(self, x: float, y: float) -> tuple[int, int]:
        return round(x * self.scale + self.dx), round(y * self.scale + self.dy)


@lru_cache(maxsize=64)
def dessiner(lieux: tuple[tuple[str, str], ...]) -> Carte:
    """`lieux`: codes and names as the démarche calls them; a région's, or any others. Their order is kept."""
    noms = dict(lieux)
    traces = [trace for code in noms if (trace := _load().get(code))]
    principale, apart = _share_out(traces)
    dessins: dict[str, list[_Echelle]] = {trace.code: [] for trace in traces}
    hauteur, loupe = 0, None
    if principale:
        bornes = _bounds(principale)
        utile = (bornes.bottom - bornes.top) * (_LARGEUR - 2 * _MARGE) / (bornes.right - bornes.left)
        hauteur = min(_HAUTEUR_MAX, round(utile) + 2 * _MARGE)
        echelle = _fit(bornes, Cadre(0, 0, _LARGEUR, hauteur))
        for trace in principale:
            dessins[trace.code].append(echelle)
        if apart and apart[0][0] in principale:
            loupe = _around(_bounds(apart[0]), echelle)
    encarts = _frames_below(hauteur, len(apart))
    for groupe, cadre in zip(apart, encarts, strict=True):
        echelle = _fit(_bounds(groupe), cadre)
        for trace in groupe:
            dessins[trace.code].append(echelle)
        hauteur = cadre.y + cadre.hauteur + _MARGE
    rooms = {trace.code: trace.rayon * dessins[trace.code][-1].scale for trace in traces}
    enlarged = {trace.code for groupe in apart for trace in groupe}
    sizes: dict[str, str] = {}
    for groupe in ([trace for trace in principale if trace.code not in enlarged], *apart):
        sizes |= _choose_sizes({trace.code: rooms[trace.code] for trace in groupe})
    formes = tuple(_draw(trace, noms[trace.code], dessins[trace.code], sizes[trace.code]) for trace in traces)
    sans_forme = tuple(code for code in noms if code not in dessins)
    return Carte(_LARGEUR, hauteur, formes, sans_forme, encarts, loupe)


def _share_out(traces: list[_Trace]) -> tuple[list[_Trace], list[list[_Trace]]]:
    """What shares one plane is the main map; the couronne enlarged and each island of elsewhere apart."""
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


def _fit(bornes: _Bornes, cadre: Cadre) -> _Echelle:
    """As large as the frame allows, in its middle."""
    scale = min(
        (cadre.largeur - 2 * _MARGE) / (bornes.right - bornes.left),
        (cadre.hauteur - 2 * _MARGE) / (bornes.bottom - bornes.top),
    )
    return _Echelle(
        scale,
        cadre.x + (cadre.largeur - (bornes.left + bornes.right) * scale) / 2,
        cadre.y + (cadre.hauteur - (bornes.top + bornes.bottom) * scale) / 2,
    )


def _around(bornes: _Bornes, echelle: _Echelle) -> Cadre:
    (left, top), (right, bottom) = (
        echelle(bornes.left, bornes.top),
        echelle(bornes.right, bornes.bottom),
    )
    return Cadre(left - 4, top - 4, right - left + 8, bottom - top + 8)


def _frames_below(haut: int, nombre: int) -> tuple[Cadre, ...]:
    """So many squares in a row under the main map, in the middle."""
    if not nombre:
        return ()
    cote = min(_ENCART_MAX, (_LARGEUR - _ECART * (nombre + 1)) // nombre)
    gauche = (_LARGEUR - nombre * cote - (nombre - 1) * _ECART) // 2
    return tuple(Cadre(gauche + rang * (cote + _ECART), haut + _ECART, cote, cote) for rang in range(nombre))


def _choose_sizes(rooms: dict[str, float]) -> dict[str, str]:
    """One size for all, that of the narrowest but one; the narrowest may have a smaller one of its own."""
    ordered = sorted(rooms.values())
    common = ordered[min(1, len(ordered) - 1)] if ordered else 0
    return {
        code: next(taille for least, taille in _TAILLES if min(room, common) >= least)
        for code, room in rooms.items()
    }


def _draw(trace: _Trace, nom: str, echelles: list[_Echelle], taille: str) -> Forme:
    lignes = couper(nom)
    x, y = echelles[-1](trace.x, trace.y)
    word, line = _REMONTEE[taille]
    path = "".join(_path(outline, echelle) for echelle in echelles for outline in trace.outlines)
    return Forme(trace.code, path, x, y - word - line * len(lignes), lignes, taille)


def _path(outline: Outline, echelle: _Echelle) -> str:
    points = [echelle(x, y) for x, y in outline]
    points = [point for point, before in zip(points, [None, *points], strict=False) if point != before]
    if len(points) < 3:
        return ""
    steps = (f"{bx - ax} {by - ay}" for (ax, ay), (bx, by) in pairwise(points))
    return f"M{points[0][0]} {points[0][1]}l{' '.join(steps)}z".replace(" -", "-")


def couper(nom: str) -> tuple[str, ...]:
    """Alpes-de- / Haute-Provence: a long name is cut after a hyphen or at a space, near its middle."""
    cuts = [match.end() for match in re.finditer("[- ]", nom)]
    if len(nom) <= _LIGNE or not cuts:
        return (nom,)
    cut = min(cuts, key=lambda place: max(place, len(nom) - place))
    return nom[:cut].rstrip(), nom[cut:]


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
        x, y = 0, 0
        outline = []
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            outline.append((x, y))
        outlines.append(outline)
    return outlines
