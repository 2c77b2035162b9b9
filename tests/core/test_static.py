"""Static files: what they look like depends on no database."""

from typing import Any

from flask import Flask
from sqlalchemy import event

from mse.core.web.static import static_url
from mse.extensions import db
from tests.fabrique import Monde


def test_une_personne_connectee_prend_le_style_sans_la_base(app: Flask, monde: Monde, as_: Any) -> None:
    """With the database down, the page that says so is still readable."""
    dites: list[str] = []

    def note(*dit: Any) -> None:
        dites.append(dit[2])

    samira = as_(monde.samira)
    event.listen(db.engine, "before_cursor_execute", note)
    response = samira.get(static_url("mse.css"))
    event.remove(db.engine, "before_cursor_execute", note)
    assert (response.status_code, dites) == (200, [])
    assert "Mon espace" in samira.get("/").text
