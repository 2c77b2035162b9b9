"""Errors of the API as JSON documents (RFC 9457)."""

import json

from flask import Response, request

API = "/api/"


def is_api() -> bool:
    return request.path.startswith(API)


def problem(status: int, title: str, detail: str) -> Response:
    """Return the error. Pages of other sites may read it: it holds nothing but its sentence."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    response = Response(json.dumps(body, ensure_ascii=False), status, mimetype="application/problem+json")
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = "no-store"
    return response
