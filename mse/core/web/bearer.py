"""Tokens by which programs authenticate themselves."""

import hmac

from flask import request


def bears(token: str) -> bool:
    """True if the request has `Authorization: Bearer <token>`; always False if `token` is empty."""
    shown = request.authorization.token if request.authorization else None
    return bool(token and shown and hmac.compare_digest(token.encode(), shown.encode()))
