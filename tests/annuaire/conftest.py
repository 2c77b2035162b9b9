"""A list of providers, loaded in one call; people who were invited; the démarche's words, put back."""

from pathlib import Path

import pytest
from flask import Flask

from mse.annuaire.models import RoleMandat
from mse.annuaire.use_cases.creer import ouvrir_mandat
from mse.annuaire.use_cases.importer import Bilan, importer_organismes
from mse.comptes.models import Compte
from tests.annuaire.invites import invite
from tests.annuaire.liste_organismes import ENTETE, Chargeur
from tests.fabrique import Monde, make_agent, make_promotion


@pytest.fixture
def charger(app: Flask, tmp_path: Path) -> Chargeur:
    def load(*lignes: str, entete: str = ENTETE, encodage: str = "utf-8", fin: str = "\n") -> list[Bilan]:
        chemin = tmp_path / "liste.csv"
        chemin.write_bytes(fin.join([entete, *lignes, ""]).encode(encodage))
        return list(importer_organismes(chemin, partout=True))

    return load


@pytest.fixture
def nadege(monde: Monde) -> Compte:
    """She works for the organisme Lavande Formation."""
    return make_agent(monde.lavande, "Nadege")


@pytest.fixture
def nora(monde: Monde, nadege: Compte) -> Compte:
    """Elected by a new promotion of Nadège's organisme; she has never come."""
    compte = invite(par=nadege)
    ouvrir_mandat(compte, make_promotion(monde.lavande, "Pâtissier"), RoleMandat.TITULAIRE, par=nadege)
    return compte
