"""Logs as lines of JSON, for log collectors (MSE_JOURNAUX=json). By default logs are plain text.

A line gives the name of the view, never the URL, which can hold a token.
"""

import logging
import logging.config
import time
from typing import Any

from flask import Flask, Response, g, request

requests = logging.getLogger("mse.requetes")


def describe_logging() -> dict[str, Any]:
    """Return the configuration for `logging.config`:
    every logger, the server's included, writes one line of JSON to stderr."""
    handler = {"class": "logging.StreamHandler", "formatter": "json"}
    names = {"asctime": "instant", "levelname": "niveau", "name": "source"}
    formatter = {
        "()": "pythonjsonlogger.json.JsonFormatter",
        "fmt": "%(asctime)s %(levelname)s %(name)s %(process)d %(message)s",
        "rename_fields": names,
        "json_ensure_ascii": False,
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": formatter},
        "handlers": {"json": handler},
        "root": {"handlers": ["json"], "level": "INFO"},
        "loggers": {"_granian": {"level": "INFO"}},
    }


class Application(Flask):
    """Logs exceptions with the name of the view instead of the URL, which may hold a token."""

    def log_exception(self, exc_info: Any) -> None:
        self.logger.error("breakdown in %s [%s]", request.endpoint, request.method, exc_info=exc_info)


def init_app(app: Flask) -> None:
    if app.config["MSE"].journaux != "json":
        return
    logging.config.dictConfig(describe_logging())

    @app.before_request
    def _start() -> None:
        g.debut = time.perf_counter()

    @app.after_request
    def _log_response(response: Response) -> Response:
        ms = round(1000 * (time.perf_counter() - g.debut), 1) if "debut" in g else None
        said = {"methode": request.method, "vue": request.endpoint, "statut": response.status_code, "ms": ms}
        requests.info("requête", extra=said)
        return response
