"""Back up a running instance in one consistent file, readable by its owner only."""

import errno
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from itertools import cycle
from pathlib import Path
from threading import Event

import pytest
from flask import Flask
from sqlalchemy import Connection, Table, select

from devtools.factories import Monde, make_brouillon
from mse.bilans.models import EnvoiBilan
from mse.comptes.models import Compte
from mse.core.errors import DonneeInvalide
from mse.core.files.rows import Stored
from mse.demarche import DOSSIER
from mse.depot.use_cases.joindre import joindre_pieces, retirer_piece
from mse.extensions import db
from mse.fiches.models import Fiche, Piece
from mse.imports.models import ImportOrganismes
from mse.impressions.models import Impression
from mse.meteo.models import Bulletin
from mse.sauvegarde import sauvegarder as cas
from mse.sauvegarde.restaurer import restaurer
from mse.sauvegarde.sauvegarder import STORES, sauvegarder
from tests.fichiers import docx, photo
from tests.sauvegarde.archives import Ouvrir, envois, manifeste_de


def _premiere_piece(fiche: Fiche) -> int:
    return (
        db.session.scalars(select(Piece.id).where(Piece.fiche_id == fiche.id).order_by(Piece.id)).first() or 0
    )


def test_on_sauvegarde_pendant_que_d_autres_ecrivent(
    app: Flask, monde: Monde, ailleurs: Ouvrir, tmp_path: Path
) -> None:
    """Every restored row of `pieces` has its file, whenever the backup was made."""
    brouillons = [make_brouillon(monde.promotion, monde.samira).id for _ in range(12)]
    samira_id, assez = monde.samira.id, Event()
    db.session.rollback()

    def ecrire() -> None:
        with app.app_context():
            samira = db.session.get_one(Compte, samira_id)
            for fiche_id in cycle(brouillons):
                fiche = db.session.get_one(Fiche, fiche_id)
                if ancienne := _premiere_piece(fiche):
                    retirer_piece(fiche, ancienne, par=samira)
                assert joindre_pieces(fiche, envois(un__jpg=photo(), deux__docx=docx()), par=samira) == []
                retirer_piece(fiche, _premiere_piece(fiche), par=samira)
                if assez.is_set():
                    break
            db.session.remove()

    nuits: list[Path] = []
    vues: set[int] = set()
    with ThreadPoolExecutor(1) as pool:
        ecriture = pool.submit(copy_context().run, ecrire)
        while len(vues) < 3 and len(nuits) < 100 and not ecriture.done():
            nuits.append(tmp_path / f"nuit-{len(nuits)}.zip")
            sauvegarder(db.engine, nuits[-1])
            vues.add(manifeste_de(nuits[-1]).tables["pieces"].lignes)
        assez.set()
        ecriture.result()
    assert len(vues) == 3  # the writer ran during the backups
    for nuit in nuits[-3:]:
        ailleurs("sqlite")
        restaurer(db.engine, nuit)
        assert all(piece.chemin.is_file() for piece in db.session.scalars(select(Piece)))


def test_la_sauvegarde_n_est_lue_que_par_son_proprietaire(archive: Path) -> None:
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600


def test_rien_n_est_ecrase_et_rien_ne_reste_a_moitie(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    avant = archive.read_bytes()
    with pytest.raises(DonneeInvalide, match="existe déjà"):
        sauvegarder(db.engine, archive)
    with pytest.raises(DonneeInvalide, match="ne peut pas être écrit"):
        sauvegarder(db.engine, archive.parent / "absent" / "nuit.zip")

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DonneeInvalide, match="plus assez de place"):
        sauvegarder(db.engine, archive.with_name("autre.zip"))
    assert list(archive.parent.glob("*.zip*")) == [archive]
    assert archive.read_bytes() == avant


def test_deux_sauvegardes_du_meme_nom_n_ecrivent_pas_dans_le_meme_fichier(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Concurrent backups with one name use separate temporary files, so the result is complete."""
    meme, partiels = archive.with_name("meme.zip"), []
    lire = cas.reflect_tables

    def begin_another(connection: Connection) -> list[Table]:
        monkeypatch.setattr(cas, "reflect_tables", lire)
        sauvegarder(db.engine, meme)
        partiels.extend(archive.parent.glob("*.partiel"))
        return lire(connection)

    monkeypatch.setattr(cas, "reflect_tables", begin_another)
    sauvegarder(db.engine, meme)
    assert len(partiels) == 1  # the temporary file of the first backup is left alone
    assert manifeste_de(meme).tables == manifeste_de(archive).tables
    assert list(archive.parent.glob("*.partiel")) == []


def test_une_base_sans_tables_n_est_pas_une_instance_bien_gardee(ailleurs: Ouvrir, tmp_path: Path) -> None:
    ailleurs("sqlite")
    with pytest.raises(DonneeInvalide, match="Est-ce la bonne instance"):
        sauvegarder(db.engine, tmp_path / "nuit.zip")
    assert list(tmp_path.glob("nuit*")) == []


def test_tout_ce_qui_a_des_fichiers_est_sauvegarde() -> None:
    dossiers = {model.store.folder for model in Stored.__subclasses__()}
    autres = {model.store.folder for model in (Bulletin, EnvoiBilan, ImportOrganismes, Impression)} | {
        DOSSIER
    }
    assert dossiers | autres == {store.folder for store in STORES}
