"""Draw `docs/images/layers.svg`: the layers of `pyproject.toml`, with the first line of each docstring.

Run `python -m devtools.layers` after a change of the layers or of such a docstring.
"""

import ast
import re
import tomllib
from html import escape
from pathlib import Path

ROOT = Path(__file__).parents[1]
PICTURE = ROOT / "docs" / "images" / "layers.svg"
LONGEST = 74  # characters of a description that fit into the picture
_WIDTH, _ROW, _GAP, _TOP = 860, 24, 8, 20  # pixels
# The colour of a layer: the one of the first group, from the top, that names one of its packages.
_COLOURS = {
    "#e8e4d9": {"__main__", "cli", "app", "labels", "demo"},
    "#dcebf2": {"accueil"},
    "#f3e3d3": {"journal", "notifications", "sauvegarde"},
    "#ececec": {"core", "schema", "demarche", "config", "extensions"},
}
_CAPABILITY = "#dff0e3"


def list_layers() -> list[list[str]]:
    """Return the names of the packages and modules of each layer, from the top."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["id"] == "capacites")
    return [re.split(r" [|:] ", layer) for layer in layers]


def describe(name: str) -> str:
    """Return the first line of the docstring of a package or module of mse. Raises ValueError if it is
    missing or too long for the picture."""
    path = ROOT / "mse" / name / "__init__.py"
    path = path if path.exists() else path.parent.with_suffix(".py")
    line = (ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "").partition("\n")[0]
    if not 0 < len(line) <= LONGEST:
        raise ValueError(f"{path}: the docstring begins with a line of 1 to {LONGEST} characters")
    return line.rstrip(".").replace("`", "")


def draw() -> str:
    """Return the picture as SVG: a box for each layer, a line for each of its packages."""
    layers, boxes, y = list_layers(), [], _TOP
    for names in layers:
        height = _ROW * len(names) + _GAP
        fill = next((c for c, group in _COLOURS.items() if group & set(names)), _CAPABILITY)
        size = f'width="{_WIDTH - 80}" height="{height}"'
        boxes.append(f'<rect x="60" y="{y}" {size} rx="6" fill="{fill}" stroke="#6b6b6b"/>')
        for row, name in enumerate(names):
            base = y + _ROW * row + 21
            boxes.append(f'<text x="76" y="{base}" font-weight="bold">{name}</text>')
            boxes.append(f'<text x="220" y="{base}" font-size="13">{escape(describe(name))}</text>')
        y += height + _GAP
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {y + _TOP}" role="img" '
            'aria-labelledby="t d" font-family="sans-serif" font-size="15" fill="#1c1c1c">',
            '<title id="t">The layers of the application</title>',
            f'<desc id="d">{len(layers)} layers. Each layer imports only from the layers below it.</desc>',
            f'<rect width="{_WIDTH}" height="{y + _TOP}" fill="#ffffff"/>',
            f'<path d="M30 24 V {y}" stroke="#1c1c1c" stroke-width="2"/>'
            f'<path d="M24 {y - 8} L30 {y + 6} L36 {y - 8} Z"/>',
            f'<text x="18" y="{y // 2}" transform="rotate(-90 18 {y // 2})" text-anchor="middle" '
            'font-size="13">imports go downwards</text>',
            *boxes,
            "</svg>\n",
        ]
    )


if __name__ == "__main__":
    PICTURE.write_text(draw(), "utf-8")
