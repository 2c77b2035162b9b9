"""Every response carries the security headers."""

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from devtools.factories import Monde
from mse.app import create_app
from mse.core.web.headers import EXCEPTIONS


@pytest.mark.parametrize(
    "url", ["/", "/fiches", "/nulle-part", "/fiches/999", "/mon-espace", "/fiches?statut=zz", "/healthz"]
)
def test_les_en_tetes_sont_sur_chaque_reponse(client: Any, monde: Monde, url: str) -> None:
    headers = client.get(url).headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Permissions-Policy"] == "camera=(), geolocation=(), microphone=()"
    assert "Strict-Transport-Security" not in headers  # a development server without HTTPS


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_un_site_en_https_demande_de_le_rester(app: Flask) -> None:
    en_ligne = replace(app.config["MSE"], url="https://mission.example")
    headers = create_app(en_ligne).test_client().get("/a-propos").headers
    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_les_exceptions_ne_touchent_que_les_donnees_ouvertes(app: Flask) -> None:
    """Other sites read the API and frame the cards. Nothing of both depends on a cookie."""
    chemins = {rule.endpoint: rule.rule for rule in app.url_map.iter_rules()}
    ouverts = {une for une, chemin in chemins.items() if chemin.startswith(("/api/", "/open311/", "/carte/"))}
    assert set(EXCEPTIONS) == ouverts
    for endpoint, exception in EXCEPTIONS.items():
        lue = exception.get("Access-Control-Allow-Origin") == "*"
        encadree = "frame-ancestors *" in exception.get("Content-Security-Policy", "")
        assert "Access-Control-Allow-Credentials" not in exception
        assert encadree == chemins[endpoint].startswith("/carte/")
        assert lue != encadree
