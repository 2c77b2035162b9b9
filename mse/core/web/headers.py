"""Security and cache headers of every response; compression of pages without a CSRF token."""

import gzip
from collections.abc import Mapping

from flask import Flask, Response, g, request
from flask_login import current_user

_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'; "
    "worker-src 'self'"
)
_OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Retry-After",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
_FRAMED = {  # no script, no form
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors *",
    "X-Frame-Options": "",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
_PREFLIGHT = {  # what a script of another site may send
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "Accept, If-None-Match",
    "Access-Control-Max-Age": "86400",
}
# The only exceptions to these headers, by endpoint; an empty one is not sent. These responses depend on no
# cookie.
EXCEPTIONS: Mapping[str, Mapping[str, str]] = {
    **dict.fromkeys(("ouverture.carte_fiche", "ouverture.carte_meteo", "ouverture.carte_theme"), _FRAMED),
    **dict.fromkeys(
        (
            "ouverture.acteur",
            "ouverture.acteurs",
            "ouverture.fiche",
            "ouverture.fiches",
            "ouverture.initiative",
            "ouverture.initiatives",
            "ouverture.meteo",
            "ouverture.meteo_territoire",
            "ouverture.demande_open311",
            "ouverture.demandes_open311",
            "ouverture.openapi",
            "ouverture.reponses",
            "ouverture.services_open311",
            "ouverture.territoires",
            "ouverture.themes",
        ),
        _OPEN,
    ),
}
_SMALL = 1000  # bytes; smaller responses cost more to compress than they save


def init_app(app: Flask) -> None:
    https = app.config["MSE"].https

    @app.after_request
    def _secure(response: Response) -> Response:
        headers = response.headers
        headers.setdefault("Content-Security-Policy", _CSP)  # stored files set a stricter one
        headers["X-Content-Type-Options"] = "nosniff"
        headers["X-Frame-Options"] = "DENY"
        headers.setdefault("Referrer-Policy", "same-origin")
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        for name, value in EXCEPTIONS.get(request.endpoint or "", {}).items():
            if value:
                headers[name] = value
            else:
                del headers[name]
        if request.method == "OPTIONS" and "Access-Control-Allow-Origin" in headers:
            headers.update(_PREFLIGHT)
        if https:
            headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        if "Cache-Control" not in headers:
            private = _shows_token() or ("_login_user" in g and current_user.is_authenticated)
            headers["Cache-Control"] = "no-store" if private else "no-cache"
            response.vary.add("Cookie")
        return _compress(response)


def _shows_token() -> bool:
    """True if the page holds a CSRF token. If a page with a secret and chosen text is compressed, the secret
    can be guessed byte by byte (BREACH)."""
    return "csrf_token" in g


def _compress(response: Response) -> Response:
    if (
        response.direct_passthrough
        or "Content-Encoding" in response.headers
        or response.mimetype not in ("text/html", "application/json")
        or _shows_token()
        or not request.accept_encodings["gzip"]
    ):
        return response
    body = response.get_data()
    if len(body) >= _SMALL:
        response.set_data(gzip.compress(body, compresslevel=1, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
        response.vary.add("Accept-Encoding")
    return response
