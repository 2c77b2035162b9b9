"""Select fields of territoires: départements, each followed by its parts, under their usual names."""

import re
from typing import Any

import pytest
from flask import Flask

from devtools.factories import Monde
from mse.annuaire.models import Niveau
from mse.annuaire.queries import group_noms_de_territoires

BOUCHES_DU_RHONE, VAR = "Bouches-du-Rhône", "Var"


def test_les_departements_puis_leurs_parties_sous_leur_nom(app: Flask) -> None:
    [(titre, grands), *parties] = group_noms_de_territoires()
    assert titre is None
    assert [lieu.code for lieu in grands] == ["93", "04", "05", "06", "13", "83", "84"]
    assert [nom for nom, _lieux in parties] == [lieu.nom for lieu in grands[1:]]
    for _nom, lieux in parties:
        assert {lieu.niveau for lieu in lieux} == {Niveau.ZONE_EMPLOI}
    noms = [lieu.nom for _nom, lieux in parties for lieu in lieux]
    assert len(set(noms)) == len(noms)
    assert not [nom for nom in noms if "(" in nom]
    assert {"Marseille", "Saint-Cyr-sur-Mer et alentours", "Pertuis et alentours"} <= set(noms)


@pytest.mark.parametrize("adresse", ["/fiches", "/initiatives", "/acteurs", "/acteurs/nouveau"])
def test_chaque_liste_les_range_ainsi(monde: Monde, as_: Any, adresse: str) -> None:
    page = as_(monde.animatrice).get(adresse).text
    choix = re.findall(r'<option[^>]* value="(13|83|13-9312|83-9312)"|<optgroup label="([^"]*)"', page)
    assert ["".join(paire) for paire in choix if paire[0] or paire[1] in (BOUCHES_DU_RHONE, VAR)] == [
        "13",
        "83",
        BOUCHES_DU_RHONE,
        "13-9312",
        VAR,
        "83-9312",
    ]


@pytest.mark.parametrize("adresse", ["/fiches", "/initiatives", "/acteurs"])
def test_le_choix_fait_reste_choisi(monde: Monde, as_: Any, adresse: str) -> None:
    page = as_(None).get(f"{adresse}?territoire=13-9312").text
    [choisi] = re.findall(r'<option[^>]*value="13-9312"[^>]*>|<option selected value="13-9312">', page)
    assert "selected" in choisi
