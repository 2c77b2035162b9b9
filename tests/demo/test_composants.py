"""The page of components exists in the demonstration only."""

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient


def test_en_production_la_page_des_composants_n_existe_pas(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.get("/_composants").status_code == 200
    monkeypatch.setitem(app.config, "MSE", replace(app.config["MSE"], mode="production"))
    assert client.get("/_composants").status_code == 404
