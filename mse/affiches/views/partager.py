"""The picture of a shared link."""

import hashlib

from flask import Response, abort, request

from mse.affiches.images import VERSION, can_draw, draw
from mse.affiches.queries.partages import Partage, get_partage
from mse.affiches.views import bp
from mse.core.web import PUBLIC, droit

GARDE = 300  # seconds: a page that is withdrawn has no picture any more after that time


@bp.get("/partage/<genre_id>/<reference_id>.png")
@droit(PUBLIC, sur=get_partage)
def image(partage: Partage) -> Response:
    """Return the picture; 410 if the page was withdrawn, 404 if this machine has no font."""
    if partage.carte is None:
        abort(410)
    if not can_draw():
        abort(404)
    response = Response(mimetype="image/png")
    response.set_etag(hashlib.sha256(f"{VERSION}{partage.carte!r}".encode()).hexdigest()[:32])
    response.headers["Cache-Control"] = f"public, max-age={GARDE}"
    if not request.if_none_match.contains(response.get_etag()[0] or ""):
        response.set_data(draw(partage.carte))
    response.make_conditional(request)
    return response
