"""Transactions of web requests. Every request begins read-only.
GET and HEAD never write; other requests write inside use cases."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask, abort, request

from mse.core.database import READ_ONLY, set_reading
from mse.core.rate_limit import set_client_address
from mse.core.web.files import allow_files
from mse.extensions import db

MAX_FIELDS = 500  # the longest list of checkboxes has a few hundred


def init_app(app: Flask) -> None:
    @app.before_request
    def _begin_request() -> None:
        set_reading(True)
        set_client_address(request.remote_addr)
        if request.method in ("GET", "HEAD", "OPTIONS"):
            db.session().info[READ_ONLY] = True
            return
        if request.headers.get("Sec-Fetch-Site") == "cross-site":
            abort(403)  # the request comes from a form on another site
        allow_files()
        if sum(1 for _field in request.form.items(multi=True)) > MAX_FIELDS:
            abort(413)


@contextmanager
def write_afterwards() -> Iterator[None]:
    """Allow a short write transaction after the page is rendered, even for a GET."""
    db.session.rollback()
    db.session().info.pop(READ_ONLY, None)
    yield
