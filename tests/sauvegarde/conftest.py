"""A backup and new instances to restore it in."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from devtools.factories import Monde, make_brouillon
from devtools.postgres import Cluster
from mse.app import create_app
from mse.config import read_settings
from mse.core.database import set_reading
from mse.depot.use_cases.deposer import deposer_fiche
from mse.depot.use_cases.joindre import joindre_pieces
from mse.extensions import db
from mse.fiches.models import Piece
from mse.sauvegarde.sauvegarder import STORES, sauvegarder
from tests.fichiers import docx, photo
from tests.sauvegarde.archives import Ouvrir, envois


@pytest.fixture
def ailleurs(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Ouvrir]:
    """`ailleurs(base)`: a new instance on `sqlite` or `postgresql`, with its application context pushed."""
    ouverts = []

    def ouvrir(base: str) -> Flask:
        url = ""
        if base == "postgresql":
            cluster: Cluster = request.getfixturevalue("postgres")
            url = cluster.new_database("ailleurs")
        dossier = tmp_path / f"ailleurs-{len(ouverts)}"
        application = create_app(read_settings({"MSE_INSTANCE": str(dossier), "MSE_DATABASE_URL": url}))
        contexte = application.app_context()
        contexte.push()
        set_reading(False)  # transactions may write, as in a command
        ouverts.append(contexte)
        return application

    yield ouvrir
    for contexte in reversed(ouverts):
        db.session.remove()
        db.engine.dispose()
        contexte.pop()


@pytest.fixture
def archive(app: Flask, monde: Monde, tmp_path: Path) -> Path:
    """The backup of an instance with a fiche filed with a photo and a letter."""
    for store in STORES:
        store.remove([chemin.name for chemin in store.root.glob("*")])
    brouillon = make_brouillon(monde.promotion, monde.samira, destinataires=[monde.transports.id])
    assert joindre_pieces(brouillon, envois(arret__jpg=photo(), lettre__docx=docx()), par=monde.samira) == []
    deposer_fiche(brouillon, par=monde.samira)
    os.utime(next(Piece.store.root.glob("*")), (0, 0))  # one file older than `AT_REST`
    db.session.rollback()
    sauvegarder(db.engine, tmp_path / "nuit.zip")
    return tmp_path / "nuit.zip"
