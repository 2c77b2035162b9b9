"""From an answer to a rule: an officer writes it on a phone, a delegate reads it while writing."""

from typing import Any

import pytest
from playwright.sync_api import expect

from devtools.axe import find_violations
from devtools.browser import DESKTOP, PHONE
from devtools.site import Site, sign_in

pytestmark = pytest.mark.navigateur

REPONSE = (
    "SELECT s.fiche_id FROM saisines s JOIN fiches f ON f.id = s.fiche_id"
    " JOIN appartenances a USING (acteur_id) JOIN comptes c ON c.id = a.compte_id"
    " WHERE c.courriel = 'service@demo.example' AND f.publication = 'publiee'"
    " AND s.statut IN ('reponse', 'reglee') AND NOT EXISTS (SELECT 1 FROM reperes_fiches r"
    " JOIN etapes e ON e.id = r.etape_id JOIN reperes p ON p.id = r.repere_id"
    " WHERE e.saisine_id = s.id AND p.statut <> 'retire') ORDER BY f.id"
)
TITRE = "Une chambre se visite avant de signer"


@pytest.mark.parametrize("javascript", [True, False])
def test_une_reponse_devient_un_repere(site: Site, open_page: Any, javascript: bool) -> None:
    fiche, titre = site.value(REPONSE), f"{TITRE} ({javascript})"
    page = open_page(PHONE, javascript=javascript)
    sign_in(page, "service@demo.example")
    page.goto(f"/fiches/{fiche}")
    page.get_by_role("main").get_by_text("Autres actions").first.click()
    page.get_by_role("link", name="En faire un repère").click()
    page.get_by_label("Titre").fill(titre)
    page.get_by_label("Bouches-du-Rhône", exact=True).check()
    page.get_by_label("Sur quoi il repose").fill("Charte du logement, point 2")
    page.get_by_label("Lien vers le texte").fill("javascript:alert(1)")
    page.get_by_role("button", name="Relire avant de publier").click()
    expect(page.get_by_role("alert")).to_contain_text("Collez une adresse entière")
    expect(page.get_by_label("Titre")).to_have_value(titre)
    page.get_by_label("Lien vers le texte").fill("https://www.region-demo.example/charte")
    page.get_by_role("button", name="Relire avant de publier").click()
    expect(page.get_by_role("heading", name="Relire avant de publier")).to_be_visible()
    page.get_by_role("button", name="Publier").click()
    expect(page.get_by_role("heading", name=titre)).to_be_visible()
    expect(page.get_by_text("En vigueur").first).to_be_visible()
    if javascript:  # axe is a script
        assert find_violations(page) == []

    page.get_by_role("link", name="Retirer", exact=True).click()
    page.get_by_label("Pourquoi").fill("La charte a changé, ce point n’y est plus.")
    page.get_by_role("button", name="Retirer").click()
    expect(page.get_by_text("Ce repère ne vaut plus")).to_be_visible()
    page.goto("/reperes")
    expect(page.get_by_role("link", name=titre)).to_have_count(0)


def test_une_deleguee_le_lit_en_ecrivant(site: Site, open_page: Any) -> None:
    page = open_page(PHONE, javascript=False)
    sign_in(page, "delegue@demo.example")
    brouillon = site.value(
        "SELECT f.id FROM fiches f JOIN mandats m USING (promotion_id) JOIN comptes c ON c.id = m.compte_id"
        " WHERE f.publication = 'brouillon' AND c.courriel = 'delegue@demo.example'"
    )
    page.goto(f"/fiches/{brouillon}/brouillon/probleme")
    bloc = page.get_by_role("region", name="Ce qui est déjà réglé")
    bloc.locator("summary", has_text="convention de stage").click()
    bloc.get_by_role("link", name="Lire le repère").first.click()
    expect(page.get_by_role("heading", name="Ce qui vaut")).to_be_visible()


def test_il_s_imprime(site: Site, open_page: Any) -> None:
    page = open_page(DESKTOP)
    page.goto(f"/reperes/{site.value('SELECT id FROM reperes WHERE numero = 2')}")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="Ce qui vaut")).to_be_visible()
    expect(page.get_by_role("navigation", name="Pied de page")).to_be_hidden()
