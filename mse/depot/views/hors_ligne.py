"""Write a fiche without network: the offline page, the service worker that keeps it, the manifest of the
installed site."""

import hashlib
from pathlib import Path

from flask import Response, jsonify
from flask.typing import ResponseReturnValue

from mse.config import RESOURCES
from mse.core.web import PUBLIC, droit, render
from mse.core.web.static import digest_static, read_static, static_url
from mse.demarche import get_demarche
from mse.depot.forms import QUESTIONS
from mse.depot.limites import PARTIE_MAX, TITRE_MAX
from mse.depot.views import bp

_ONE_DAY = 24 * 3600
_NUIT, _PAPIER = "#0b3852", "#fbf8f2"  # --nuit and --papier of base.css
_TEMPLATES = ("depot/hors_ligne.html", "layouts/base.html")
# The static files of the offline page, which the service worker keeps in the browser
_FILES = (
    "theme.js",
    "base.css",
    "composants.css",
    "formulaires.css",
    "impression.css",
    "mse.js",
    "appareil.js",
    "hors-ligne.js",
    "favicon.svg",
)


@bp.get("/hors-ligne")
@droit(PUBLIC)
def hors_ligne() -> ResponseReturnValue:
    return render(
        "depot/hors_ligne.html", questions=QUESTIONS, titre_max=TITRE_MAX, partie_max=PARTIE_MAX, sobre=True
    )


@bp.get("/sw.js")
@droit(PUBLIC)
def service_worker() -> Response:
    """Return the service worker. It stands at the root, because it serves the pages below its own path. Its
    text changes with every file that it keeps, so that browsers install it again."""
    files = [*_FILES, *(["demarche.css"] if get_demarche().apparence.couleur else [])]
    worker = read_static("sw.js").replace("__VERSION__", _version())
    worker = worker.replace('"__FILES__"', ", ".join(f'"{static_url(name)}"' for name in files))
    response = Response(worker, mimetype="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    return response


def _version() -> str:
    """Return a digest of the static files and of the templates of the offline page."""
    sources = [(Path(RESOURCES) / "templates" / name).read_bytes() for name in _TEMPLATES]
    return f"mse-{digest_static()}-{hashlib.sha256(b''.join(sources)).hexdigest()[:8]}"


@bp.get("/manifest.webmanifest")
@droit(PUBLIC)
def manifest() -> Response:
    """Return what a phone needs to install the site as an application."""
    titre, grande = get_demarche().titre, static_url("icone-512.png")
    response = jsonify(
        name=titre,
        short_name=titre,
        lang="fr",
        start_url="/mon-espace",
        scope="/",
        display="standalone",
        theme_color=_NUIT,
        background_color=_PAPIER,
        icons=[
            {"src": static_url("icone-192.png"), "sizes": "192x192", "type": "image/png"},
            {"src": grande, "sizes": "512x512", "type": "image/png"},
            {"src": grande, "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
        ],
    )
    response.mimetype = "application/manifest+json"
    response.headers["Cache-Control"] = f"public, max-age={_ONE_DAY}"
    return response
