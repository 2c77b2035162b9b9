"""A visitor finds an answer on a small phone: from the home page to the answer in three taps."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from devtools.browser import NARROW
from devtools.site import Site

pytestmark = pytest.mark.navigateur


@pytest.mark.parametrize("javascript", [True, False], ids=["avec-js", "sans-js"])
def test_de_l_accueil_a_la_reponse_en_trois_gestes(site: Site, open_page: Any, javascript: bool) -> None:
    visiteur = open_page(NARROW, javascript=javascript)
    visiteur.goto("/")
    accueil = visiteur.get_by_role("main")
    accueil.get_by_label("Chercher par mots").fill("horaires du car")
    accueil.get_by_role("button", name="Chercher").click()

    expect(visiteur.get_by_role("heading", level=1)).to_contain_text("horaires du car")
    assert visiteur.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    visiteur.get_by_role("link", name=re.compile(r"^Réponses \(")).click()

    expect(visiteur.locator("mark").first).to_be_visible()
    visiteur.locator("main .lot h3 a").first.click()

    expect(visiteur).to_have_url(re.compile(r"/fiches/\d+.*#saisine-\d+$"))
    reponse = visiteur.locator(f"#{visiteur.url.partition('#')[2]} .bulle").first
    expect(reponse).to_be_in_viewport()
    expect(reponse).to_contain_text(re.compile(r"\bcars?\b|horaires?"))
