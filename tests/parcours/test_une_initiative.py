"""A delegate proposes an initiative on a phone. Another one joins. News is published, then the result."""

from typing import Any

import pytest
from playwright.sync_api import expect

from devtools.browser import PHONE
from devtools.site import Site, sign_in

pytestmark = pytest.mark.navigateur


@pytest.mark.parametrize("javascript", [True, False], ids=["avec-js", "sans-js"])
def test_de_l_idee_a_la_realisation(site: Site, open_page: Any, javascript: bool) -> None:
    titre = f"Une grainothèque au centre {javascript}"
    samira = sign_in(open_page(PHONE, javascript=javascript), "delegue@demo.example")
    samira.goto("/initiatives")
    samira.get_by_role("link", name="Proposer une initiative").click()
    samira.get_by_label("Un titre").fill(titre)
    samira.get_by_label("Que voulez-vous construire").fill("Des graines à prendre et à rendre, dans le hall.")
    samira.get_by_role("button", name="Publier").click()
    expect(samira.get_by_role("alert")).to_contain_text("Thème")
    expect(samira.get_by_label("Un titre")).to_have_value(titre)
    samira.get_by_label("Qui la porte").select_option(index=1)
    samira.get_by_label("Thème").select_option("vie_de_groupe")
    samira.get_by_role("button", name="Publier").click()
    expect(samira.get_by_role("heading", level=1)).to_have_text(titre)
    adresse = samira.url

    enzo = sign_in(open_page(PHONE, "dark", javascript=javascript), "delegue2@demo.example")
    enzo.goto(adresse)
    enzo.get_by_role("link", name="Participer").click()
    enzo.get_by_role("button", name="Participer").click()
    expect(enzo.get_by_text("1 personne participe")).to_be_visible()
    expect(enzo.get_by_text("Le public ne voit pas ces prénoms")).to_have_count(0)

    samira.goto(adresse)
    expect(samira.get_by_text("Enzo")).to_be_visible()
    samira.get_by_role("link", name="Passer à la réalisation").click()
    samira.get_by_role("button", name="Passer à la réalisation").click()
    samira.get_by_role("link", name="Donner des nouvelles").click()
    samira.get_by_label("Les nouvelles").fill("Quarante sachets sont prêts.")
    samira.get_by_role("button", name="Publier").click()
    samira.get_by_role("link", name="Dire que l’initiative est réalisée").click()
    samira.get_by_label("Un mot d’explication").fill("fait")
    samira.get_by_role("button", name="Dire que l’initiative est réalisée").click()
    expect(samira.get_by_role("alert")).to_contain_text("au moins 15")
    samira.get_by_label("Un mot d’explication").fill("La grainothèque est ouverte à tout le centre.")
    samira.get_by_role("button", name="Dire que l’initiative est réalisée").click()

    visiteur = open_page(PHONE, javascript=javascript)
    visiteur.goto("/initiatives?statut=realisee")
    visiteur.get_by_role("link", name=titre).click()
    expect(visiteur.get_by_role("main")).to_contain_text("Quarante sachets")
    expect(visiteur.get_by_role("main")).to_contain_text("La grainothèque est ouverte")
    expect(visiteur.get_by_text("Enzo")).to_have_count(0)
