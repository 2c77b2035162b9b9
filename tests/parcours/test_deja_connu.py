"""A problem that is known already: a delegate supports a fiche instead of filing again; an animateur merges
two fiches, then separates them."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from devtools.browser import DESKTOP, PHONE
from devtools.site import Site, sign_in

pytestmark = pytest.mark.navigateur

PROBLEME = "la paye est toujour en retard, on a rien recu pour octobre"
TITRE = "paie en retard"
SOUTENIR = re.compile("Nous aussi|Corriger le nombre")  # her promotion may support the fiche already


def _write_problem(page: Page) -> None:
    page.goto("/fiches/nouvelle")
    page.get_by_text("Rémunération", exact=True).click()
    page.get_by_role("button", name="Continuer").click()
    page.get_by_label("Que se passe-t-il ?").fill(PROBLEME)
    page.get_by_label("Un titre, en quelques mots").fill(TITRE)


def test_nous_aussi_au_lieu_de_deposer(site: Site, open_page: Any) -> None:
    """The similar fiches appear while the text is typed; nothing is sent twice, the draft can go."""
    telephone = sign_in(open_page(PHONE), "delegue@demo.example")
    _write_problem(telephone)
    pareilles = telephone.get_by_role("heading", name="à la vôtre")
    expect(pareilles).to_be_visible()
    assert telephone.evaluate("document.documentElement.scrollWidth") <= 360
    telephone.locator("#pareilles li").first.get_by_role("link", name="Nous aussi").click()
    expect(telephone.get_by_role("heading", level=1)).to_have_text("Nous aussi")
    telephone.get_by_label("Combien de personnes de votre promotion").fill("6")
    telephone.get_by_role("button", name=SOUTENIR).click()
    expect(telephone.get_by_text("votre promotion aussi").first).to_be_visible()
    expect(telephone.get_by_text("6 personnes").first).to_be_visible()
    telephone.get_by_role("link", name="Supprimer ce brouillon").click()
    telephone.get_by_role("button", name="Supprimer").click()
    expect(telephone.get_by_text("Le brouillon est supprimé.")).to_be_visible()


def test_sans_javascript_une_page_les_montre_avant_la_suite(site: Site, open_page: Any) -> None:
    page = sign_in(open_page(PHONE, javascript=False), "delegue@demo.example")
    _write_problem(page)
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("à la vôtre")
    page.get_by_role("link", name="Ce n’est pas le même problème").click()
    expect(page.get_by_label("D’où vient ce problème ?")).to_be_visible()
    page.get_by_text("Autres actions").first.click()
    page.get_by_role("link", name="Supprimer").first.click()
    page.get_by_role("button", name="Supprimer").click()


def test_l_animatrice_reunit_puis_separe(site: Site, open_page: Any) -> None:
    doublon, principale = (
        site.value("SELECT id FROM fiches WHERE titre LIKE ?", debut)
        for debut in ("Première paie toujours pas%", "Retard de rémunération : troisième%")
    )
    titre = site.value("SELECT titre FROM fiches WHERE id = ?", doublon)
    page, visiteur = sign_in(open_page(DESKTOP), "animation@demo.example"), open_page(PHONE)
    page.goto(f"/fiches/{doublon}/reunion")
    page.get_by_label("Numéro de l’autre fiche").fill(str(principale))
    page.get_by_role("button", name="Comparer").click()
    expect(page.get_by_text("aucune réponse due ne disparaît")).to_be_visible()
    page.get_by_role("button", name=f"(Fiche {principale})").click()
    expect(page.get_by_text("Les deux fiches sont réunies.")).to_be_visible()
    visiteur.goto(f"/fiches/{doublon}")
    assert f"/fiches/{principale}" in visiteur.url
    expect(visiteur.get_by_text(f"La fiche {doublon} est réunie à celle-ci").first).to_be_visible()
    visiteur.get_by_role("link", name=titre).click()
    expect(visiteur.get_by_role("heading", level=1)).to_have_text(titre)
    page.get_by_role("link", name=f"Séparer la fiche {doublon}").click()
    page.get_by_role("button", name="Séparer").click()
    expect(page.get_by_text("Les deux fiches sont séparées.")).to_be_visible()
    visiteur.goto(f"/fiches/{doublon}")
    expect(visiteur.get_by_role("heading", level=1)).to_have_text(titre)
    assert visiteur.url.endswith(f"/fiches/{doublon}")
