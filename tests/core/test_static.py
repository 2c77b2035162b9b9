"""Static files do not depend on cookies, the database or settings of the machine."""

import mimetypes
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from devtools.factories import Monde
from mse.app import create_app
from mse.core.web.static import static_url
from mse.extensions import db

STATIC = Path(__file__).parents[2] / "mse" / "static"


@pytest.fixture
def _strange_machine() -> Iterator[None]:
    """Set wrong MIME types, as some Windows registries do."""
    avant = {suffixe: mimetypes.guess_type(f"x{suffixe}")[0] or "" for suffixe in (".js", ".css", ".svg")}
    for suffixe in avant:
        mimetypes.add_type("text/plain", suffixe)
    yield
    for suffixe, type_ in avant.items():
        mimetypes.add_type(type_, suffixe)


def test_une_personne_connectee_prend_le_style_sans_la_base(app: Flask, monde: Monde, as_: Any) -> None:
    """Static files run no query, so that the error page keeps its style when the database is down."""
    dites: list[str] = []

    def note(*dit: Any) -> None:
        dites.append(dit[2])

    samira = as_(monde.samira)
    event.listen(db.engine, "before_cursor_execute", note)
    response = samira.get(static_url("base.css"))
    event.remove(db.engine, "before_cursor_execute", note)
    assert (response.status_code, dites) == (200, [])
    assert "Mon espace" in samira.get("/").text


@pytest.mark.usefixtures("_strange_machine")
def test_les_types_des_fichiers_ne_dependent_pas_de_la_machine(app: Flask) -> None:
    """With nosniff, browsers refuse a script of type text/plain."""
    client = create_app(app.config["MSE"]).test_client()
    types = [client.get(static_url(nom)).mimetype for nom in ("mse.js", "base.css", "favicon.svg")]
    assert types == ["text/javascript", "text/css", "image/svg+xml"]


def test_l_icone_peut_changer_a_son_adresse(client: Any) -> None:
    """The URL of the icon has no digest, so that it must not be cached as immutable."""
    assert "immutable" not in client.get("/favicon.ico").headers["Cache-Control"]
    assert "immutable" in client.get(static_url("favicon.svg")).headers["Cache-Control"]


def test_une_grille_ne_s_elargit_pas_avec_un_long_mot() -> None:
    """A grid without named columns is as wide as its longest word, and the page scrolls sideways."""
    found = []
    for path in STATIC.glob("*.css"):
        for selector, body in re.findall(r"([^{}]+){([^{}]*)}", path.read_text("utf-8")):
            if "display: grid" in body and "grid-template" not in body and "place-items" not in body:
                found.append((path.name, selector.strip()))
    assert found == []
