"""The contact page, linked from every page."""

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from devtools.factories import Monde
from mse.demarche import get_demarche

CONTACT = "equipe@exemple.fr"


@pytest.fixture
def contact(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.jinja_env.globals, "demarche", replace(get_demarche(), contact=CONTACT))


@pytest.mark.usefixtures("contact")
def test_la_page_donne_l_adresse_de_l_equipe(client: Any) -> None:
    assert f'href="mailto:{CONTACT}?subject=' in client.get("/contact").text


def test_chaque_page_mene_au_contact(client: Any) -> None:
    for page in ("/", "/fiches", "/initiatives", "/contact", "/cette-page-n-existe-pas"):
        assert 'href="/contact"' in client.get(page).text


def test_qui_ne_peut_changer_une_competence_sait_a_qui_ecrire(monde: Monde, as_: Any) -> None:
    page = as_(monde.referent).get(f"/acteurs/{monde.transports.id}/gestion").text
    assert 'href="/contact">Écrivez-lui</a>' in page
