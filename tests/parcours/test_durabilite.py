"""Small versions of the proofs of docs/fiabilite.md: killed processes, failing SMTP server, full disk."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, text

from devtools.factories import Monde
from devtools.smtp import Serveur
from mse.extensions import db
from preuves.courriels import send_with_failures
from preuves.instance import Instance
from preuves.tuer import kill_repeatedly

KILLS, WRITERS, PER_LIFE = 3, 4, 20


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database. "" means the SQLite file of the instance."""
    if request.param == "sqlite":
        return ""
    return str(request.getfixturevalue("postgres").new_database(f"durabilite_{tmp_path.name}".lower()))


def test_rien_d_acquitte_ne_se_perd_quand_le_site_est_tue(tmp_path: Path, url: str) -> None:
    tueries = kill_repeatedly(Instance(tmp_path, url), fois=KILLS, ecrivains=WRITERS, par_vie=PER_LIFE)
    assert tueries.acquittees >= (KILLS + 1) * PER_LIFE
    assert (tueries.perdues, tueries.alterees, tueries.doublees, tueries.sans_trace) == (0, 0, 0, 0)
    assert len(tueries.retours) == KILLS


def test_un_worker_tue_ne_perd_ni_ne_double_de_courriel(
    tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("preuves.courriels.MUETS", 0)
    serveur = Serveur()
    reglages = {"MSE_MAIL_SERVER": "127.0.0.1", "MSE_MAIL_PORT": str(serveur.port), "MSE_MAIL_TLS": "non"}
    envois = send_with_failures(Instance(tmp_path, url, **reglages), serveur, nombre=40, morts=1)
    assert envois.ecrits >= 40
    assert (envois.perdus, envois.annules_partis, envois.essais_renommes) == (0, 0, 0)
    assert envois.doubles <= envois.morts == 1
    assert envois.essais > envois.ecrits  # the server failed at least once


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_une_base_pleine_le_dit_garde_le_texte_et_reprend(app: Flask, monde: Monde, as_: Any) -> None:
    """`max_page_count` makes SQLite fail as on a full disk."""
    pages = db.session.execute(text("PRAGMA page_count")).scalar_one()
    db.session.rollback()

    plein, texte = True, "Nous avons appelé le transporteur. " * 100

    def limit(connection: Any, *_rest: Any) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages if plein else 1 << 30}")

    event.listen(db.engine, "checkout", limit)
    try:
        agent, page = as_(monde.agent), f"/fiches/{monde.fiche.id}/saisines/{monde.saisine.id}/etape"
        reponses = (agent.poster(page, texte=f"{texte} {fois}") for fois in range(20))
        refus = next(reponse for reponse in reponses if reponse.status_code != 303)
        assert refus.status_code == 503
        assert "Nous avons appelé le transporteur." in refus.text
        plein = False
        assert agent.poster(page, texte="Il y a de nouveau de la place.").status_code == 303
    finally:
        event.remove(db.engine, "checkout", limit)
