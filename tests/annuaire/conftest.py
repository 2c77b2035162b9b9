"""A list of providers, written and loaded in one call."""

from pathlib import Path

import pytest
from flask import Flask

from mse.annuaire.use_cases.importer import Bilan, importer_organismes
from tests.annuaire.liste_organismes import ENTETE, Chargeur


@pytest.fixture
def charger(app: Flask, tmp_path: Path) -> Chargeur:
    def load(*lignes: str, entete: str = ENTETE, encodage: str = "utf-8", fin: str = "\n") -> list[Bilan]:
        chemin = tmp_path / "liste.csv"
        chemin.write_bytes(fin.join([entete, *lignes, ""]).encode(encodage))
        return list(importer_organismes(chemin))

    return load
