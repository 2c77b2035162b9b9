"""Writing is never lost: the network is cut, the session ends, two devices write, the tab is closed."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from devtools.axe import find_violations
from devtools.browser import PHONE
from devtools.demo_ids import find_demo_ids
from devtools.site import Site, sign_in

pytestmark = pytest.mark.navigateur

DELEGUE = "delegue@demo.example"


@pytest.fixture
def etape(site: Site) -> str:
    return f"/fiches/{find_demo_ids(site)['brouillon']}/brouillon/consequences"


def _champ(page: Page) -> Any:
    return page.locator("#consequences")


def _ouvrir(open_page: Any, etape: str, courriel: str = DELEGUE) -> Page:
    page: Page = sign_in(open_page(PHONE), courriel)
    page.goto(etape)
    return page


def _stored(site: Site, etape: str) -> str:
    return str(site.value("SELECT consequences FROM fiches WHERE id = ?", etape.split("/")[2]))


def _kept(page: Page) -> int:
    return int(page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('mse:')).length"))


def test_le_texte_s_enregistre_en_ecrivant(site: Site, open_page: Any, etape: str) -> None:
    page = _ouvrir(open_page, etape)
    _champ(page).fill("Nous perdons une heure chaque jour.")
    expect(page.locator(".etat-garde")).to_have_text(re.compile(r"^Enregistré à \d"))
    assert _stored(site, etape) == "Nous perdons une heure chaque jour."
    assert _kept(page) == 0
    assert find_violations(page) == []
    page.goto("/mon-espace")  # leaving asks nothing
    page.goto(etape)
    expect(_champ(page)).to_have_value("Nous perdons une heure chaque jour.")


def test_sans_reseau_le_texte_reste_puis_part(site: Site, open_page: Any, etape: str) -> None:
    page = _ouvrir(open_page, etape)
    page.context.set_offline(True)
    _champ(page).fill("Écrit dans le car, sans réseau.")
    expect(page.locator(".etat-garde")).to_have_text(re.compile("^Pas de réseau.*: gardé sur"))
    page.get_by_role("button", name=re.compile("^Continuer")).click()
    expect(_champ(page)).to_have_value("Écrit dans le car, sans réseau.")  # the page did not go away
    page.context.set_offline(False)
    expect(page.locator(".etat-garde")).to_have_text(re.compile(r"^Enregistré à \d"))
    assert _stored(site, etape) == "Écrit dans le car, sans réseau."


def test_un_onglet_ferme_sans_reseau(site: Site, open_page: Any, etape: str) -> None:
    page = _ouvrir(open_page, etape)
    page.context.set_offline(True)
    _champ(page).fill("Écrit avant de fermer l’onglet.")
    expect(page.locator(".etat-garde")).to_have_text(re.compile("^Pas de réseau"))
    page.close()
    page.context.set_offline(False)
    autre = page.context.new_page()
    autre.goto(etape)
    expect(_champ(autre)).to_have_value("Écrit avant de fermer l’onglet.")
    autre.get_by_role("button", name="Finir plus tard").click()
    autre.wait_for_url("**/mon-espace")
    assert _stored(site, etape) == "Écrit avant de fermer l’onglet."


def test_une_session_finie(site: Site, open_page: Any, etape: str) -> None:
    page = _ouvrir(open_page, etape)
    page.context.clear_cookies()
    _champ(page).fill("Écrit après la fin de la session.")
    expect(page.locator(".etat-garde")).to_contain_text("Votre session est terminée")
    page.locator(".etat-garde").get_by_role("link", name="Se connecter").click()
    page.get_by_label("Adresse").fill(DELEGUE)
    page.get_by_label("Mot de passe", exact=False).first.fill("mission-possible")
    page.get_by_role("main").get_by_role("button", name="Se connecter").click()
    expect(_champ(page)).to_have_value("Écrit après la fin de la session.")
    expect(page.locator(".etat-garde")).to_have_text(re.compile("^Enregistré"))
    assert _stored(site, etape) == "Écrit après la fin de la session."


def test_la_session_revient_dans_un_autre_onglet(site: Site, open_page: Any, etape: str) -> None:
    page = _ouvrir(open_page, etape)
    page.context.clear_cookies()
    sign_in(page.context.new_page(), DELEGUE)
    _champ(page).fill("Le jeton de cette page est ancien.")
    expect(page.locator(".etat-garde")).to_have_text(re.compile("^Enregistré"))
    assert _stored(site, etape) == "Le jeton de cette page est ancien."


@pytest.mark.parametrize(
    ("choix", "attendu"),
    [
        ("Garder mon texte", "Le téléphone 1."),
        ("Prendre l’autre", "L’ordinateur 2."),
        ("Garder les deux", "Le téléphone 3.\n\nL’ordinateur 3."),
    ],
)
def test_deux_appareils(site: Site, open_page: Any, etape: str, choix: str, attendu: str) -> None:
    telephone, ordinateur = _ouvrir(open_page, etape), _ouvrir(open_page, etape)
    numero = attendu[-2]
    _champ(ordinateur).fill(f"L’ordinateur {numero}.")
    expect(ordinateur.locator(".etat-garde")).to_have_text(re.compile("^Enregistré"))
    _champ(telephone).fill(f"Le téléphone {numero}.")
    panneau = telephone.locator(".deux-textes")
    expect(panneau.locator("blockquote")).to_have_text(f"L’ordinateur {numero}.")
    assert _stored(site, etape) == f"L’ordinateur {numero}."
    assert find_violations(telephone) == []
    panneau.get_by_role("button", name=choix).click()
    expect(_champ(telephone)).to_have_value(attendu)
    expect(telephone.locator(".etat-garde")).to_have_text(re.compile("^Enregistré"))
    assert _stored(site, etape) == attendu
    _champ(telephone).fill(f"Fin {numero}.")
    expect(telephone.locator(".etat-garde")).to_have_text(re.compile("^Enregistré"))


def test_se_deconnecter_efface_et_un_autre_compte_ne_voit_rien(
    site: Site, open_page: Any, etape: str
) -> None:
    page = _ouvrir(open_page, etape)
    page.context.set_offline(True)
    _champ(page).fill("Un secret de ce téléphone.")
    expect(page.locator(".etat-garde")).to_have_text(re.compile("^Pas de réseau"))
    page.context.clear_cookies()
    page.context.set_offline(False)
    autre = sign_in(page.context.new_page(), "animation@demo.example")
    assert "secret de ce" not in autre.content()
    autre.context.clear_cookies()
    page = sign_in(page.context.new_page(), DELEGUE)
    questions: list[str] = []
    page.on("dialog", lambda dialog: (questions.append(dialog.message), dialog.accept()))
    assert _kept(page) == 1
    page.get_by_text("Menu", exact=True).click()
    page.get_by_role("button", name="Se déconnecter").click()
    expect(page.get_by_text("Votre connexion est fermée.")).to_be_visible()
    assert len(questions) == 1
    assert page.evaluate("JSON.stringify(localStorage)").count("secret") == 0
