"""Files over HTTP: body size limits of uploads, and responses that send stored files."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Response, abort, current_app, g, request, send_file

from mse.core.files import Envoi
from mse.core.web.access import moi
from mse.extensions import db

_FORM = 1024 * 1024  # bytes allowed in addition to the files: fields, names, boundaries
_SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"

logger = logging.getLogger(__name__)


def accepts_files(octets: int) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare that the form of a view accepts `octets` bytes of files. Other views keep their small limit."""

    def declare(view: Callable[..., Any]) -> Callable[..., Any]:
        view.octets_max = octets + _FORM  # type: ignore[attr-defined]
        return view

    return declare


def octets_max() -> int | None:
    """Return the limit declared by the view of this request, or None."""
    view = current_app.view_functions.get(request.endpoint or "")
    return getattr(view, "octets_max", None)


def allow_files() -> None:
    """Raise the limit for signed-in users, before the body is read. The check runs in a transaction that ends
    before the body arrives, which may be slow. A body within the usual limit needs no check. A body without
    files (not multipart) keeps that limit: it is read into memory as a whole."""
    octets, usual = octets_max(), current_app.config["MAX_CONTENT_LENGTH"]
    if octets is None or request.mimetype != "multipart/form-data":
        return
    if 0 < (request.content_length or 0) <= usual:
        return
    if moi() is not None:
        request.max_content_length = octets
    db.session.rollback()
    g.pop("_login_user", None)  # loaded again later in the request


def get_files(field: str) -> list[Envoi]:
    """Return the files chosen in a form field. For an empty field browsers send a file without a name."""
    return [Envoi(file.filename, file.stream) for file in request.files.getlist(field) if file.filename]


def send_stored(path: Path, mimetype: str, *, name: str | None = None) -> Response:
    """Send an uploaded file so that its content cannot run scripts on this site.
    With `name` it is downloaded under that name."""
    try:
        response = send_file(
            path, mimetype=mimetype, as_attachment=name is not None, download_name=name, etag=False
        )
    except FileNotFoundError:
        logger.error("a row names %s, which is not there", path.name)
        abort(404)
    response.headers["Content-Security-Policy"] = _SANDBOX
    response.headers["Cache-Control"] = "no-store"
    response.headers.pop("Last-Modified", None)
    return response
