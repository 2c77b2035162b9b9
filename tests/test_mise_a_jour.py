"""Upgrade of the database of version 0.1.0, a stored copy of its demonstration data.

On SQLite in place; on PostgreSQL by restoring a backup of it.
"""

import json
import lzma
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from devtools.postgres import Cluster
from mse.app import create_app
from mse.config import read_settings
from mse.extensions import db
from mse.sauvegarde.lignes import iterate_lines, reflect_tables, write_header

PREMIERE = Path(__file__).parent / "donnees" / "version_0_1_0.db.xz"

Lignes = dict[str, dict[str, dict[str, Any]]]  # table → key → column → value


@pytest.fixture
def premiere(tmp_path: Path) -> Path:
    """An instance of version 0.1.0."""
    instance = tmp_path / "premiere"
    instance.mkdir()
    (instance / "mse.db").write_bytes(lzma.decompress(PREMIERE.read_bytes()))
    return instance


def _mse(instance: Path, *words: str, url: str = "") -> None:
    env = {**os.environ, "MSE_MODE": "demo", "MSE_INSTANCE": str(instance), "MSE_DATABASE_URL": url}
    subprocess.run([sys.executable, "-m", "mse", *words], env=env, check=True, capture_output=True)


def _lire(url: str) -> Lignes:
    engine = create_engine(url)
    lues: Lignes = {}
    with engine.connect() as connection:
        for table in reflect_tables(connection):
            noms = json.loads(write_header(table))
            lignes = [
                dict(zip(noms, json.loads(une), strict=True)) for une in iterate_lines(connection, table)
            ]
            cles = [colonne.name for colonne in table.primary_key]
            lues[table.name] = {json.dumps([ligne[cle] for cle in cles]): ligne for ligne in lignes}
    engine.dispose()
    return lues


def _perdues(avant: Lignes, apres: Lignes) -> list[tuple[str, str, str, Any, Any]]:
    """Return (table, key, column, before, after) for each value that the upgrade has changed or lost."""
    return [
        (table, cle, colonne, valeur, apres[table].get(cle, {}).get(colonne, "absente"))
        for table, lignes in avant.items()
        for cle, ligne in lignes.items()
        for colonne, valeur in ligne.items()
        if apres[table].get(cle, {}).get(colonne, "absente") != valeur
    ]


@pytest.mark.parametrize("base", ["sqlite", "postgresql"])
def test_la_premiere_version_devient_la_derniere_sans_rien_perdre(
    premiere: Path, base: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    avant = _lire(f"sqlite:///{premiere / 'mse.db'}")
    assert len(avant["fiches"]) == 96
    assert len(avant["etapes"]) == 384
    if base == "sqlite":
        instance, url = premiere, f"sqlite:///{premiere / 'mse.db'}"
        _mse(premiere, "migrer")
    else:
        cluster: Cluster = request.getfixturevalue("postgres")
        instance, url = tmp_path / "neuve", cluster.new_database("version_0_1_0")
        _mse(premiere, "sauvegarder", str(tmp_path / "premiere.zip"))
        _mse(instance, "restaurer", str(tmp_path / "premiere.zip"), url=url)
    assert _perdues(avant, _lire(url)) == []

    application = create_app(read_settings({"MSE_INSTANCE": str(instance), "MSE_DATABASE_URL": url}))
    visiteur = application.test_client()
    for fiche in avant["fiches"].values():
        attendu = (
            200 if fiche["publication"] == "publiee" else 410 if fiche["publication"] == "retiree" else 404
        )
        assert visiteur.get(f"/fiches/{fiche['id']}").status_code == attendu
    for page in ("/", "/fiches", "/acteurs", "/meteo", "/initiatives"):
        assert visiteur.get(page).status_code == 200
    with application.app_context():
        if base == "sqlite":
            assert db.session.execute(text("PRAGMA foreign_key_check")).all() == []
        db.session.remove()
        db.engine.dispose()
