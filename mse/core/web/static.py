"""Static files: read, hashed and compressed at start. Their URLs change with their content."""

import gzip
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, request

from mse.core.web.access import PUBLIC, droit
from mse.demarche import find_beside, get_demarche

_OWN = Path(__file__).parents[2] / "static"
# The MIME table of the system is not used: if it gives text/plain for .js, browsers refuse the scripts
# (nosniff).
_TYPES = {".css": "text/css", ".js": "text/javascript", ".png": "image/png", ".svg": "image/svg+xml"}
# A module imports another one by its file name, which becomes its URL. An imported module imports none.
_IMPORT = re.compile(rb'from "\./([\w-]+\.js)"')
_ONE_DAY, _ONE_YEAR = 24 * 3600, 365 * 24 * 3600

# CSS variables that the colours of the démarche override (see base.css).
_COULEURS = """:root {{ --mer: {clair}; --mer-fort: {clair}; --lien: {clair}; --focus: {clair}; }}
:root:not([data-bs-theme=dark]) {{ --nuit: {clair}; }}
[data-bs-theme=dark] {{ --mer: {sombre}; --mer-fort: {sombre}; --lien: {sombre}; }}
"""

bp = Blueprint("static_files", __name__)


@dataclass(frozen=True)
class _File:
    body: bytes
    compressed: bytes
    digest: str
    mimetype: str


_files: dict[str, _File] = {}


def init_app(app: Flask) -> None:
    sources = {path.name: path.read_bytes() for path in _OWN.iterdir() if path.is_file()}
    sources |= _read_appearance()
    for name in sorted(sources, key=lambda name: _IMPORT.search(sources[name]) is not None):
        body = _IMPORT.sub(lambda found: f'from "{static_url(found[1].decode())}"'.encode(), sources[name])
        digest = hashlib.sha256(body).hexdigest()[:12]
        mimetype = _TYPES.get(Path(name).suffix, "application/octet-stream")
        _files[name] = _File(body, gzip.compress(body, 9), digest, mimetype)
    app.register_blueprint(bp)


def _read_appearance() -> dict[str, bytes]:
    """Return the style sheet of the démarche (empty if it sets no colour) and its logo, by file name."""
    apparence = get_demarche().apparence
    clair, sombre = apparence.couleur, apparence.couleur_sombre
    css = _COULEURS.format(clair=clair, sombre=sombre) if clair else ""
    fichiers = {"demarche.css": css.encode()}
    if apparence.logo:
        fichiers["logo" + Path(apparence.logo).suffix] = find_beside(apparence.logo).read_bytes()
    return fichiers


def read_static(name: str) -> str:
    """Return the text of a static file, for a view that serves it at a path of its own."""
    return _files[name].body.decode()


def digest_static() -> str:
    """Return a digest that changes with any static file."""
    return hashlib.sha256("".join(sorted(file.digest for file in _files.values())).encode()).hexdigest()[:12]


def logo_url() -> str | None:
    logo = get_demarche().apparence.logo
    return static_url("logo" + Path(logo).suffix) if logo else None


def static_url(name: str) -> str:
    return f"/static/{_files[name].digest}/{name}"


@bp.get("/static/<digest>/<name>")
@droit(PUBLIC)
def static(digest: str, name: str) -> Response:
    file = _files.get(name)
    if file is None or file.digest != digest:
        abort(404)
    return _send(file, f"public, max-age={_ONE_YEAR}, immutable")


@bp.get("/favicon.ico")
@droit(PUBLIC)
def favicon() -> Response:
    """Return the icon at the path that browsers request even if the page declares another one."""
    return _send(_files["favicon.svg"], f"public, max-age={_ONE_DAY}")


def _send(file: _File, cache: str) -> Response:
    zipped = request.accept_encodings["gzip"] > 0
    response = Response(file.compressed if zipped else file.body, mimetype=file.mimetype)
    if zipped:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Cache-Control"] = cache
    response.vary.add("Accept-Encoding")
    return response
