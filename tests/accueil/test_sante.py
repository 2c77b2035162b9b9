"""Health data of the instance, for probes, Prometheus and administrators."""

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from prometheus_client.parser import text_string_to_metric_families

from devtools.factories import Monde
from mse.config import read_settings


def test_la_sonde_ne_lit_que_l_essentiel(client: Any) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.json) == (200, {"etat": "ok"})


def test_un_reglage_qui_perdrait_des_ecritures_se_voit(app: Flask, monde: Monde, as_: Any) -> None:
    """List the settings that risk data loss: three on the test PostgreSQL, for speed; none on SQLite."""
    details = as_(monde.admin).get("/healthz").json
    sans_garantie = {"sqlite": [], "postgresql": ["fsync", "full_page_writes", "synchronous_commit"]}
    assert details["reglages_sans_garantie"] == sans_garantie[details["base"]]


JETON = "k3Vd0q-8sZr1nUe5tYw7mBc2"


def _mesures(response: Any) -> dict[str, float]:
    assert response.status_code == 200
    familles = text_string_to_metric_families(response.text)
    return {mesure.name: mesure.value for famille in familles for mesure in famille.samples}


def test_prometheus_lit_comment_va_l_instance(app: Flask, monde: Monde, as_: Any) -> None:
    mesures = _mesures(as_(monde.admin).get("/metrics"))
    assert mesures["mse_fiches_publiees"] == 1
    assert mesures["mse_courriels_en_attente"] > 0  # the e-mail about the new saisine
    assert "mse_worker_vu_secondes" not in mesures  # no worker has run
    assert mesures["mse_reglages_sans_garantie"] == (
        0 if "sqlite" in str(app.config["SQLALCHEMY_DATABASE_URI"]) else 3
    )


def test_prometheus_entre_par_le_jeton_de_l_instance(
    app: Flask, client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    montre = {"Authorization": f"Bearer {JETON}"}
    assert client.get("/metrics", headers=montre).status_code == 401  # the instance has no token
    sans_jeton = app.config["MSE"]
    monkeypatch.setitem(app.config, "MSE", replace(sans_jeton, jeton_metriques=JETON))
    assert _mesures(client.get("/metrics", headers=montre))["mse_fiches_publiees"] == 0
    for autre in ("", "Bearer ", f"Bearer {JETON}x", f"Basic {JETON}", "Bearer é"):
        assert client.get("/metrics", headers={"Authorization": autre}).status_code == 401, autre
    with pytest.raises(SystemExit, match="24 caractères"):
        read_settings({"MSE_JETON_METRIQUES": "court"})
