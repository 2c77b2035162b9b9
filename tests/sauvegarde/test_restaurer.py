"""Restore a backup in a new instance: completely, with counts and hashes checked, or not at all."""

import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from devtools.factories import make_brouillon
from mse.comptes.models import Compte
from mse.core.errors import Conflit, DonneeInvalide
from mse.core.files import Store
from mse.demarche import DOSSIER
from mse.extensions import db
from mse.fiches.models import Fiche, Piece
from mse.sauvegarde.lignes import reflect_tables
from mse.sauvegarde.manifeste import nom_fichier
from mse.sauvegarde.restaurer import restaurer
from mse.sauvegarde.sauvegarder import STORES, sauvegarder
from mse.schema import upgrade
from tests.sauvegarde.archives import Ouvrir, manifeste_de, rewrite


def _est_vide() -> bool:
    """True if the database has no row and the stores no file. Empty tables may exist."""
    with db.engine.connect() as connection:
        tables = reflect_tables(connection)
        lignes = sum(len(connection.execute(select(table).limit(1)).all()) for table in tables)
    return not lignes and not any(chemin for store in STORES for chemin in store.root.glob("*"))


@pytest.mark.parametrize("base", ["sqlite", "postgresql"])
def test_une_instance_revient_entiere_sur_l_une_et_l_autre_base(
    archive: Path, ailleurs: Ouvrir, base: str, tmp_path: Path
) -> None:
    partie = manifeste_de(archive)
    assert partie.tables["pieces"].lignes == 2
    assert len(partie.fichiers) == 3  # photo, thumbnail, letter
    ailleurs(base)
    assert restaurer(db.engine, archive) == partie
    sauvegarder(db.engine, tmp_path / "retour.zip")
    revenue = manifeste_de(tmp_path / "retour.zip")
    assert (revenue.tables, revenue.fichiers) == (partie.tables, partie.fichiers)
    for piece in db.session.scalars(select(Piece)):
        assert sha256(piece.chemin.read_bytes()).hexdigest() == partie.fichiers[f"pieces/{piece.fichier}"]


@pytest.mark.parametrize("base", ["sqlite", "postgresql"])
def test_l_instance_revenue_continue(archive: Path, ailleurs: Ouvrir, base: str) -> None:
    """After a restoration ids continue, and the foreign keys and the journal trigger are active."""
    ailleurs(base)
    restaurer(db.engine, archive)
    ancienne = db.session.scalars(select(Fiche).order_by(Fiche.id.desc())).first()
    assert ancienne is not None
    samira = db.session.get_one(Compte, ancienne.auteur_id)
    nouvelle = make_brouillon(ancienne.promotion, samira)
    assert nouvelle.id > ancienne.id
    db.session.rollback()
    for interdit in ("DELETE FROM comptes", "DELETE FROM journal"):
        with pytest.raises(DBAPIError), db.engine.begin() as connection:
            connection.exec_driver_sql(interdit)


def _other_columns(contenu: bytes) -> bytes:
    return contenu.replace(b'"titre"', b'"titres"', 1)


ABIMEES: dict[str, tuple[str, Callable[[bytes], bytes | None]]] = {
    "une table manque": ("tables/fiches.jsonl", lambda contenu: None),
    "une ligne manque": ("tables/etapes.jsonl", lambda contenu: contenu[: contenu[:-1].rindex(b"\n") + 1]),
    "un texte a changé": (
        "tables/fiches.jsonl",
        lambda contenu: contenu.replace(b"car", b"bus"),
    ),
    "d’autres colonnes": ("tables/fiches.jsonl", _other_columns),
    "du bruit": ("tables/fiches.jsonl", lambda contenu: contenu + b"{"),
    "des liens rompus": ("tables/comptes.jsonl", lambda contenu: contenu[: contenu.index(b"\n") + 1]),
}


@pytest.mark.parametrize("base", ["sqlite", "postgresql"])
def test_une_sauvegarde_abimee_ne_laisse_rien(archive: Path, ailleurs: Ouvrir, base: str) -> None:
    ailleurs(base)
    for nom, change in ABIMEES.values():
        with pytest.raises(DonneeInvalide, match="abîmée ou incomplète"):
            restaurer(db.engine, rewrite(archive, nom, change))
        assert _est_vide()
    restaurer(db.engine, archive)  # the instance is still empty, so the intact backup is accepted
    assert not _est_vide()


def test_un_fichier_joint_abime_ne_laisse_rien(archive: Path, ailleurs: Ouvrir) -> None:
    nom = nom_fichier(next(iter(manifeste_de(archive).fichiers)))
    ailleurs("sqlite")
    with pytest.raises(DonneeInvalide, match="a changé depuis"):
        restaurer(db.engine, rewrite(archive, nom, lambda contenu: contenu[:-1]))
    assert _est_vide()


def test_un_fichier_ne_s_ecrit_pas_ailleurs(archive: Path, ailleurs: Ouvrir) -> None:
    """Path traversal in the name of an entry is refused."""
    bon = next(iter(manifeste_de(archive).fichiers))
    ruse = rewrite(archive, "manifeste.json", lambda c: c.replace(bon.encode(), b"pieces/../../mse.db"))
    with zipfile.ZipFile(ruse, "a") as ouverte:
        ouverte.writestr("fichiers/pieces/../../mse.db", b"x")
    ailleurs("sqlite")
    with pytest.raises(DonneeInvalide, match="n’y a pas sa place"):
        restaurer(db.engine, ruse)
    assert _est_vide()


def test_ce_qui_n_est_pas_une_sauvegarde_est_dit(archive: Path, ailleurs: Ouvrir, tmp_path: Path) -> None:
    coupee, texte = tmp_path / "coupee.zip", tmp_path / "notes.zip"
    coupee.write_bytes(archive.read_bytes()[:-200])
    with zipfile.ZipFile(texte, "w") as autre:
        autre.writestr("notes.txt", "rien")
    ailleurs("sqlite")
    for fichier, phrase in (
        (tmp_path / "absente.zip", "n’existe pas, ou n’est pas une sauvegarde entière"),
        (coupee, "n’existe pas, ou n’est pas une sauvegarde entière"),
        (texte, "n’est pas une sauvegarde de « mse sauvegarder »"),
        (rewrite(archive, "manifeste.json", lambda c: c.replace(b'"format": 1', b'"format": 2')), "récente"),
        (
            rewrite(archive, "manifeste.json", lambda c: c.replace(b'"revision": "', b'"revision": "9')),
            "récente",
        ),
    ):
        with pytest.raises(DonneeInvalide, match=phrase):
            restaurer(db.engine, fichier)


def test_une_instance_qui_a_servi_n_est_pas_ecrasee(archive: Path) -> None:
    avant = db.session.scalar(select(func.count(Fiche.id)))
    db.session.rollback()
    with pytest.raises(Conflit, match="instance neuve"):
        restaurer(db.engine, archive)
    assert db.session.scalar(select(func.count(Fiche.id))) == avant


def test_le_fichier_de_quelqu_un_d_autre_reste_ou_il_est(
    archive: Path, ailleurs: Ouvrir, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two concurrent restorations: the second one refuses and keeps a file that the first one wrote."""
    ailleurs("sqlite")
    monkeypatch.setattr("mse.sauvegarde.restaurer._prepare_empty", lambda *_: upgrade())
    *_autres, dernier = manifeste_de(archive).fichiers
    folder, _slash, nom = dernier.partition("/")
    [store] = [store for store in STORES if store.folder == folder]
    store.put_back(nom, BytesIO(b"de quelqu'un d'autre"))
    with pytest.raises(Conflit, match="instance neuve"):
        restaurer(db.engine, archive)
    assert [chemin.name for chemin in store.root.iterdir()] == [nom]


@pytest.mark.parametrize("base", ["sqlite", "postgresql"])
def test_une_ancienne_sauvegarde_arrive_dans_la_version_d_aujourd_hui(
    archive: Path, ailleurs: Ouvrir, base: str, migration_suivante: str
) -> None:
    """The archive was made before the last migration."""
    avant = db.session.scalar(select(func.count(Fiche.id)))
    ailleurs(base)
    restaurer(db.engine, archive)
    assert db.session.scalars(text("SELECT essai FROM fiches")).all() == [7] * (avant or 0)
    db.session.rollback()


def test_les_commandes_disent_ce_qu_elles_ont_compte(archive: Path, tmp_path: Path) -> None:
    environ = {**os.environ, "MSE_INSTANCE": str(tmp_path / "commande"), "MSE_DATABASE_URL": ""}
    dit = [
        subprocess.run(
            [sys.executable, "-m", "mse", *mots], capture_output=True, text=True, env=environ, check=False
        )
        for mots in (("restaurer", archive), ("sauvegarder", tmp_path / "encore.zip"), ("restaurer", archive))
    ]
    assert [sortie.returncode for sortie in dit] == [0, 0, 1]
    assert "Instance restaurée" in dit[0].stdout
    assert "3 fichiers" in dit[1].stdout
    assert dit[2].stderr.count("dans une instance neuve")


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)  # files do not depend on the database
def test_ce_qu_un_editeur_a_laisse_n_empeche_ni_la_nuit_ni_la_restauration(
    archive: Path, ailleurs: Ouvrir, tmp_path: Path
) -> None:
    dossier = tmp_path / "commande"
    environ = {**os.environ, "MSE_INSTANCE": str(dossier), "MSE_DATABASE_URL": ""}

    def mse(*mots: Any) -> Any:
        return subprocess.run(
            [sys.executable, "-m", "mse", *mots], capture_output=True, text=True, env=environ, check=False
        )

    assert mse("restaurer", archive).returncode == 0
    nuit, demarche = tmp_path / "encore.zip", dossier / DOSSIER
    (demarche / "avant.svg").mkdir(parents=True)
    for nom in ("logo.svg", "demarche.toml~", "LOGO.SVG"):
        (demarche / nom).write_text("<svg/>")
    sauvegarde = mse("sauvegarder", nuit)
    assert sauvegarde.returncode == 0
    assert "demarche/LOGO.SVG, demarche/avant.svg, demarche/demarche.toml~" in sauvegarde.stderr
    ailleurs("sqlite")
    restaurer(db.engine, nuit)
    assert [chemin.name for chemin in Store(DOSSIER).root.iterdir()] == ["logo.svg"]
