"""Links. Absolute ones derive from MSE_URL, never from the Host header."""

from typing import Any
from urllib.parse import urlsplit

from flask import current_app


def lien(endpoint: str, **values: Any) -> str:
    """An absolute address, for mails and feeds; works without a request."""
    parts = urlsplit(current_app.config["MSE"].url)
    return current_app.url_map.bind(parts.netloc, url_scheme=parts.scheme).build(
        endpoint, values, force_external=True
    )


def own_path(target: str | None) -> str | None:
    """`target` when it is a path of this site, else None: no sign-in ever leads elsewhere."""
    if not target or not target.startswith("/") or target.startswith("//") or "\\" in target:
        return None
    if any(ord(char) < 32 or ord(char) == 127 for char in target):
        return None
    return target
