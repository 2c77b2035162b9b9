"""The site shows the guides of the documentation; «Mon espace» and the footer link to them."""

import re
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from devtools.factories import Monde, make_agent
from mse.accueil import aide
from mse.demarche import get_demarche

GUIDES = tuple(aide.GUIDES)


def _corps(page: str) -> str:
    return page.partition("<main")[2].partition("</main>")[0]


def test_l_aide_mene_a_chaque_guide(client: Any) -> None:
    page = _corps(client.get("/aide").text)
    for guide in GUIDES:
        assert f'href="/aide/{guide}"' in page


@pytest.mark.parametrize("guide", GUIDES)
def test_un_guide_se_lit_sur_le_site(client: Any, guide: str) -> None:
    page = _corps(client.get(f"/aide/{guide}").text)
    assert page.count("<h1>") == 1
    assert ".png" not in page  # pictures are for the documentation
    assert f"<h1>{aide.GUIDES[guide]}</h1>" in page
    assert "**" not in page
    for adresse in re.findall(r'href="([^"#]+)"', page):
        assert adresse.startswith("https://") or client.get(_absolue(adresse)).status_code == 200, adresse


def _absolue(adresse: str) -> str:
    """A link of a guide names another guide, beside it."""
    return adresse if adresse.startswith("/") else f"/aide/{adresse}"


@pytest.mark.parametrize(
    "inconnu", ["reine", "delegue.md", "..", "%2e%2e%2fREADME", "administration%2fnginx.conf"]
)
def test_rien_d_autre_ne_se_lit_par_l_aide(client: Any, inconnu: str) -> None:
    assert client.get(f"/aide/{inconnu}").status_code == 404


def test_chaque_page_mene_a_l_aide(client: Any) -> None:
    for page in ("/", "/fiches", "/cette-page-n-existe-pas"):
        assert 'href="/aide"' in client.get(page).text


def test_mon_espace_mene_au_guide_de_son_role(monde: Monde, as_: Any) -> None:
    roles = {
        monde.samira: ["delegue"],
        monde.agent: ["service"],
        make_agent(monde.lavande, "Nadege"): ["organisme"],
        monde.animatrice: ["animation"],
        monde.admin: ["administration"],
    }
    for compte, guides in roles.items():
        page = _corps(as_(compte).get("/mon-espace").text)
        assert re.findall(r'href="/aide/(\w+)"', page) == guides


def test_un_guide_parle_comme_la_demarche(app: Flask, client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The words of the démarche replace ours, except inside a command."""
    autre = replace(get_demarche(), mots={"stagiaires": "élèves", "organismes": "lycées"})
    monkeypatch.setattr(aide, "get_demarche", lambda: autre)
    assert "lycées" in _corps(client.get("/aide/organisme").text)
    assert "mse importer-organismes" in _corps(client.get("/aide/administration").text)
