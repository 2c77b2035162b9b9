"""GET and HEAD begin deferred and write nothing; every other request begins IMMEDIATE."""

from flask import Flask, request

from mse.core.database import READ_ONLY, begin_deferred
from mse.extensions import db


def init_app(app: Flask) -> None:
    @app.before_request
    def _choose() -> None:
        reads = request.method in ("GET", "HEAD", "OPTIONS")
        begin_deferred(reads)
        if reads:
            db.session().info[READ_ONLY] = True
