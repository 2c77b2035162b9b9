"""Static files: read, hashed and compressed once at start; their addresses change with them."""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, request

from mse.core.web.doors import PUBLIC, droit

_OWN = Path(__file__).parents[2] / "static"
_BOOTSTRAP = "static/bootstrap5/css/bootstrap.min.css"

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
    sources["bootstrap.min.css"] = (resources.files("flask_bootstrap") / _BOOTSTRAP).read_bytes()
    for name, body in sources.items():
        mimetype = mimetypes.guess_type(name)[0] or "application/octet-stream"
        _files[name] = _File(body, gzip.compress(body, 9), hashlib.sha256(body).hexdigest()[:12], mimetype)
    app.register_blueprint(bp)


def static_url(name: str) -> str:
    return f"/static/{_files[name].digest}/{name}"


@bp.get("/static/<digest>/<name>")
@droit(PUBLIC)
def static(digest: str, name: str) -> Response:
    file = _files.get(name)
    if file is None or file.digest != digest:
        abort(404)
    return _send(file)


@bp.get("/favicon.ico")
@droit(PUBLIC)
def favicon() -> Response:
    """Browsers ask for it by this name whatever the page says."""
    return _send(_files["favicon.svg"])


def _send(file: _File) -> Response:
    zipped = request.accept_encodings["gzip"] > 0
    response = Response(file.compressed if zipped else file.body, mimetype=file.mimetype)
    if zipped:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.vary.add("Accept-Encoding")
    return response
