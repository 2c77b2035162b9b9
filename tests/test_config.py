"""A dangerous setting prevents the start, with a message."""

import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from mse.app import create_app
from mse.config import ConfigDangereuse, read_settings
from mse.extensions import db

SECRET = "0f9a1c7d5e3b8246-une-cle-tiree-au-hasard"
BON = {
    "MSE_MODE": "production",
    "MSE_URL": "https://mission.example",
    "MSE_SECRET_KEY": SECRET,
    "MSE_MAIL_SERVER": "smtp.example",
}


@pytest.mark.parametrize(
    ("change", "mot"),
    [
        ({"MSE_SECRET_KEY": ""}, "MSE_SECRET_KEY"),
        ({"MSE_SECRET_KEY": "court"}, "facile"),
        ({"MSE_SECRET_KEY": "a" * 64}, "facile"),
        ({"MSE_URL": ""}, "MSE_URL"),
        ({"MSE_URL": "http://mission.example"}, "https"),
        ({"MSE_URL": "https://mission.example/sous/chemin"}, "sans chemin"),
        ({"MSE_URL": "javascript:alert(1)"}, "MSE_URL"),
        ({"MSE_MODE": "test"}, "MSE_MODE"),
        ({"MSE_URL": "https://[::1"}, "MSE_URL"),
        ({"MSE_URL": "https://mission.example:99999"}, "MSE_URL"),
        ({"MSE_DATABASE_URL": "postgres://mse@localhost/mse"}, "MSE_DATABASE_URL"),
        ({"MSE_DATABASE_URL": "mse.db"}, "MSE_DATABASE_URL"),
        ({"MSE_PROXIES": "un"}, "MSE_PROXIES"),
        ({"MSE_PROXIES": "-1"}, "MSE_PROXIES"),
        ({"MSE_MAIL_TLS": "non"}, "MSE_MAIL_TLS"),
        ({"MSE_MAIL_SERVER": ""}, "MSE_MAIL_SERVER"),
        ({"MSE_MODE": "demo"}, "démo"),
    ],
)
def test_un_reglage_dangereux_arrete_le_demarrage(tmp_path: Path, change: dict[str, str], mot: str) -> None:
    with pytest.raises(ConfigDangereuse, match=mot):
        read_settings({"MSE_INSTANCE": str(tmp_path), **BON, **change})


@pytest.mark.parametrize("pilote", ["postgresql", "postgresql+psycopg"])
def test_sans_le_pilote_de_postgresql_le_demarrage_le_dit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pilote: str
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)  # as if it were not installed
    with pytest.raises(ConfigDangereuse) as refus:
        read_settings(
            {"MSE_INSTANCE": str(tmp_path), **BON, "MSE_DATABASE_URL": f"{pilote}://mse@localhost/mse"}
        )
    assert "MSE_DATABASE_URL demande le module « psycopg »" in str(refus.value)
    assert "l’extra « postgres »" in str(refus.value)


def test_un_dossier_qu_on_ne_peut_pas_ecrire_se_dit(tmp_path: Path) -> None:
    (tmp_path / "fichier").touch()
    with pytest.raises(ConfigDangereuse, match="MSE_INSTANCE"):
        read_settings({**BON, "MSE_INSTANCE": str(tmp_path / "fichier" / "instance")})


@pytest.mark.parametrize("dossier", ["Mission (im)possible ?", "été 100%20 #1"])
def test_la_base_est_dans_son_dossier_quel_que_soit_son_nom(tmp_path: Path, dossier: str) -> None:
    instance = tmp_path / dossier
    application = create_app(read_settings({"MSE_INSTANCE": str(instance)}))
    with application.app_context():
        db.session.execute(text("CREATE TABLE ici (id INTEGER)"))
        db.session.commit()
        db.engine.dispose()
    assert (instance / "mse.db").is_file()
    assert [chemin.name for chemin in tmp_path.iterdir()] == [dossier]


def test_en_production_tout_decoule_de_l_adresse(tmp_path: Path) -> None:
    flask = read_settings({"MSE_INSTANCE": str(tmp_path), **BON}).as_flask()
    assert flask["TRUSTED_HOSTS"] == ["mission.example"]
    assert flask["SESSION_COOKIE_NAME"] == "__Host-mse"
    assert flask["SESSION_COOKIE_SECURE"] is True


def test_les_courriels_deviennent_des_fichiers_quand_on_le_choisit(tmp_path: Path) -> None:
    for reglages in ({**BON, "MSE_MAIL_SERVER": "fichiers", "MSE_MAIL_TLS": "non"}, {}):
        flask = read_settings({"MSE_INSTANCE": str(tmp_path), **reglages}).as_flask()
        assert flask["MAIL_SERVER"] == ""
    assert read_settings({"MSE_INSTANCE": str(tmp_path), **BON}).as_flask()["MAIL_SERVER"] == "smtp.example"


def test_en_demo_le_secret_est_tire_une_fois_et_garde_pour_soi(tmp_path: Path) -> None:
    premier, second = (read_settings({"MSE_INSTANCE": str(tmp_path)}).secret_key for _fois in range(2))
    assert premier == second
    assert len(premier) >= 64
    assert (tmp_path / "secret").stat().st_mode & 0o077 == 0


def test_un_secret_reste_vide_apres_une_panne_est_tire_de_nouveau(tmp_path: Path) -> None:
    (tmp_path / "secret").touch()
    premier, second = (read_settings({"MSE_INSTANCE": str(tmp_path)}).secret_key for _fois in range(2))
    assert premier == second
    assert len(premier) >= 64
