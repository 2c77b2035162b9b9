"""Minimal lines of the national list of organismes."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from mse.annuaire.models import Acteur, Nature
from mse.extensions import db
from mse.imports.bilan import Bilan
from mse.imports.use_cases.importer_organismes import importer_organismes

ENTETE = (
    "numeroDeclarationActivite;denomination;siren;siretEtablissementDeclarant;"
    "adressePhysiqueOrganismeFormation.voie;adressePhysiqueOrganismeFormation.codePostal;"
    "adressePhysiqueOrganismeFormation.ville;adressePhysiqueOrganismeFormation.codeRegion;"
)
# Valid but unassigned SIRETs: the Luhn checksum is right, the SIREN begins with 000.
A, B, C = "00090001900019", "00090002700012", "00090003500015"
A_BIS = "00090001900027"  # another establishment of A's SIREN

Chargeur = Callable[..., list[Bilan]]


def ligne(
    siret: str,
    nom: str = "LAVANDE",
    cp: str = "13001",
    ville: str = "MARSEILLE",
    region: str = "93",
    nda: str = "",
    voie: str = "",
) -> str:
    return f"{nda};{nom};{siret[:9]};{siret};{voie};{cp};{ville};{region};"


def acteur(siret: str) -> Acteur:
    found = db.session.query(Acteur).filter_by(siret=siret).one()
    assert found.nature == Nature.ORGANISME
    return found


def issues(bilans: list[Bilan]) -> list[str]:
    return [bilan.issue.value for bilan in bilans]


def codes(siret: str) -> tuple[str | None, str | None]:
    return acteur(siret).commune_code, acteur(siret).territoire_code


@pytest.fixture
def charger(app: Flask, tmp_path: Path) -> Chargeur:
    def load(*lignes: str, entete: str = ENTETE, encodage: str = "utf-8", fin: str = "\n") -> list[Bilan]:
        chemin = tmp_path / "liste.csv"
        chemin.write_bytes(fin.join([entete, *lignes, ""]).encode(encodage))
        return list(importer_organismes(chemin, partout=True))

    return load
