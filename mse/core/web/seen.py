"""Signed proof that a user has seen a deletion page: a second click gets a message instead of 404."""

from typing import Any

from flask import current_app, request
from flask_login import current_user
from itsdangerous import BadSignature, URLSafeSerializer


def sign_return(url: str) -> str:
    """Return the proof. `url`: path of this site to redirect to after the deletion."""
    return str(_serializer().dumps([*_who_and_where(), url]))


def read_return() -> str | None:
    """Return the path in the proof of the sent form; None if this user has not seen the page at this URL."""
    try:
        *vu, url = _serializer().loads(request.form.get("vu", ""))
    except BadSignature:
        return None
    return str(url) if vu == _who_and_where() else None


def _who_and_where() -> list[Any]:
    return [current_user.compte.id, request.path]


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="suppression")
