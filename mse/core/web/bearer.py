"""Tokens by which programs authenticate themselves."""

import hmac

from flask import request


def bears(token: str) -> bool:
    """True if the request has the header `Authorization: Bearer <token>`. `token` is the configured one; if
    it is empty, every request is refused."""
    shown = request.authorization.token if request.authorization else None
    return bool(token and shown and hmac.compare_digest(token.encode(), shown.encode()))
