"""The page of something to delete is signed for whoever sees it: once the thing is gone, a second click is
answered by a sentence, where anybody else gets 404."""

from typing import Any

from flask import current_app, request
from flask_login import current_user
from itsdangerous import BadSignature, URLSafeSerializer


def sign_return(url: str) -> str:
    """`url`: our path where the deletion leads."""
    return str(_serializer().dumps([*_who_and_where(), url]))


def read_return() -> str | None:
    """Of the form that was sent. None: this person did not see the page at this address."""
    try:
        *vu, url = _serializer().loads(request.form.get("vu", ""))
    except BadSignature:
        return None
    return str(url) if vu == _who_and_where() else None


def _who_and_where() -> list[Any]:
    return [current_user.compte.id, request.path]


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="suppression")
