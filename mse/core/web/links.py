"""Links. Absolute URLs derive from MSE_URL, never from the Host header."""

import re
from typing import Any
from urllib.parse import urlsplit

from flask import current_app, redirect, url_for
from werkzeug.wrappers import Response

_ID = re.compile(r"<int:\w+>")


def lien(endpoint: str, **values: Any) -> str:
    """Return an absolute URL, for mails and feeds. Works without a request."""
    parts = urlsplit(current_app.config["MSE"].url)
    return current_app.url_map.bind(parts.netloc, url_scheme=parts.scheme).build(
        endpoint, values, force_external=True
    )


def url_pattern(endpoint: str) -> str:
    """Return the path of an endpoint with `%d` in place of each id. A list formats it with `%` for each row,
    because `url_for` is slow."""
    rules = current_app.url_map.iter_rules(endpoint)
    return _ID.sub("%d", min((rule.rule for rule in rules), key=len))


def redirect_untraced(endpoint: str) -> Response:
    """Redirect away from a URL that holds a secret: no Referer is sent, no cache stores the response."""
    response = redirect(url_for(endpoint), 303)
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response


def own_path(target: str | None) -> str | None:
    """Return `target` if it is a path of this site, else None. Prevents open redirects."""
    if not target or not target.startswith("/") or target.startswith("//") or "\\" in target:
        return None
    if any(ord(char) < 32 or ord(char) == 127 for char in target):
        return None
    return target
