"""A list of providers, written and loaded in one call; the démarche's words, put back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete, update

from mse.annuaire.models import Changement, Territoire, Theme
from mse.annuaire.use_cases.importer import Bilan, importer_organismes
from mse.annuaire.use_cases.initialiser import initialiser
from mse.demarche import get_demarche
from mse.extensions import db
from tests.annuaire.liste_organismes import ENTETE, Chargeur


@pytest.fixture
def charger(app: Flask, tmp_path: Path) -> Chargeur:
    def load(*lignes: str, entete: str = ENTETE, encodage: str = "utf-8", fin: str = "\n") -> list[Bilan]:
        chemin = tmp_path / "liste.csv"
        chemin.write_bytes(fin.join([entete, *lignes, ""]).encode(encodage))
        return list(importer_organismes(chemin))

    return load


@pytest.fixture
def mots_de_la_demarche(app: Flask) -> Iterator[None]:
    """Thèmes and territoires are the démarche's again once the story is told: no other test empties them."""
    yield
    db.session.rollback()
    codes = [theme.code for theme in get_demarche().themes]
    db.session.execute(delete(Changement))
    db.session.execute(delete(Theme).where(Theme.code.not_in(codes)))
    db.session.execute(update(Theme).values(importe=None, retire_le=None))
    db.session.execute(update(Territoire).values(importe=None))
    db.session.commit()
    initialiser()
