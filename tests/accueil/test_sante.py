"""What a probe and an administrator read of the instance's health."""

from typing import Any

from flask import Flask

from tests.fabrique import Monde


def test_la_sonde_ne_lit_que_l_essentiel(client: Any) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.json) == (200, {"etat": "ok"})


def test_un_reglage_qui_perdrait_des_ecritures_se_voit(app: Flask, monde: Monde, as_: Any) -> None:
    """The PostgreSQL of the tests runs without its guarantees, for speed; our SQLite never does."""
    details = as_(monde.admin).get("/healthz").json
    sans_garantie = {"sqlite": [], "postgresql": ["fsync", "full_page_writes", "synchronous_commit"]}
    assert details["reglages_sans_garantie"] == sans_garantie[details["base"]]
