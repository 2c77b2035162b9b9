"""Files over HTTP: how much a request may carry, and how a stored file leaves."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Response, abort, current_app, g, request, send_file

from mse.core.files import Envoi
from mse.core.web.doors import moi
from mse.extensions import db

_FORM = 1024 * 1024  # beside the files: fields, names, boundaries
_SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"

logger = logging.getLogger(__name__)


def accepts_files(octets: int) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declares a view whose form carries that many bytes of files; the other pages keep their small limit."""

    def declare(view: Callable[..., Any]) -> Callable[..., Any]:
        view.octets_max = octets + _FORM  # type: ignore[attr-defined]
        return view

    return declare


def octets_max() -> int | None:
    """What this request's view declared."""
    view = current_app.view_functions.get(request.endpoint or "")
    return getattr(view, "octets_max", None)


def allow_files() -> None:
    """Before the body is read. Only for who is signed in, asked in a transaction that ends before the body,
    however slow, comes in."""
    octets = octets_max()
    if octets is None:
        return
    if moi() is not None:
        request.max_content_length = octets
    db.session.rollback()
    g.pop("_login_user", None)  # read again with the rest of the request


def get_files(field: str) -> list[Envoi]:
    """What was chosen in a field of the form; an empty one sends a nameless file."""
    return [Envoi(file.filename, file.stream) for file in request.files.getlist(field) if file.filename]


def send_stored(path: Path, mimetype: str, *, name: str | None = None) -> Response:
    """A file that somebody sent: nothing in it may act here. With a `name` it is downloaded under it."""
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
