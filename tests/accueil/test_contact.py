"""The contact page, linked from every page. It keeps the number of the fiche or initiative reported."""

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from devtools.factories import Monde, make_initiative
from mse.demarche import get_demarche

CONTACT = "equipe@exemple.fr"


@pytest.fixture
def contact(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.jinja_env.globals, "demarche", replace(get_demarche(), contact=CONTACT))


@pytest.mark.usefixtures("contact")
def test_signaler_garde_le_numero(monde: Monde, client: Any) -> None:
    une = make_initiative(monde.promotion, monde.samira)
    for page, quoi in ((f"/fiches/{monde.fiche.id}", "fiche"), (f"/initiatives/{une.id}", "initiative")):
        numero = page.rpartition("/")[2]
        assert f'href="/contact?{quoi}={numero}"' in client.get(page).text
        reponse = client.get(f"/contact?{quoi}={numero}").text
        assert f"mailto:{CONTACT}?subject=Signalement" in reponse
        assert reponse.count(f"{page}</a>") == 1  # the URL to copy


@pytest.mark.parametrize("suite", ["", "?fiche=0", "?fiche=<b>", "?fiche=" + "9" * 400, "?initiative="])
def test_une_reference_inventee_n_est_pas_montree(client: Any, suite: str) -> None:
    reponse = client.get(f"/contact{suite}")
    assert reponse.status_code == 200
    assert "Signaler\u202f: fiche" not in reponse.text
    assert "<b>" not in reponse.text.partition("<main")[2].partition("<h2>")[0]


def test_chaque_page_mene_au_contact(client: Any) -> None:
    for page in ("/", "/fiches", "/initiatives", "/contact", "/cette-page-n-existe-pas"):
        assert 'href="/contact"' in client.get(page).text


def test_qui_ne_peut_changer_une_competence_sait_a_qui_ecrire(monde: Monde, as_: Any) -> None:
    page = as_(monde.referent).get(f"/acteurs/{monde.transports.id}/gestion").text
    assert 'href="/contact">Écrivez-lui</a>' in page
