"""Answers to the scripts of the pages: JSON instead of a page, for a request that accepts JSON first."""

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

from flask import Response, current_app, jsonify, make_response, request
from flask_wtf.csrf import generate_csrf

from mse.core.web.access import moi


def is_script() -> bool:
    return request.accept_mimetypes.best == "application/json"


def storage_key() -> str:
    """Return the name under which a browser keeps the texts of the signed-in account, empty for a visitor.

    It reveals neither the account nor its address. Two accounts that share a browser have different ones.
    """
    compte = moi()
    if compte is None:
        return ""
    secret = current_app.config["SECRET_KEY"].encode()
    return hmac.new(secret, f"stockage:{compte.id}".encode(), hashlib.sha256).hexdigest()[:16]


def refuse_script(status: int, phrase: str, more: Mapping[str, Any] | None = None) -> Response:
    """Return a refusal as JSON: its sentence, and what the script needs to go on."""
    return make_response(jsonify({"phrase": phrase, **(more or {})}), status)


def renew_token() -> dict[str, str]:
    """Return a new CSRF token for the page of the script, with the account that it belongs to: the person may
    have signed in again in another window. No other site can read the response."""
    return {"jeton": generate_csrf(), "compte": storage_key()}
