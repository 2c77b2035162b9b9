"""First visit of an invited person: with a printed sheet on a phone, or by e-mail."""

import re
import time
from email import message_from_string, policy
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from devtools.axe import find_violations
from devtools.browser import DESKTOP, PHONE
from devtools.site import Site, sign_in

pytestmark = pytest.mark.navigateur


def lien_recu(site: Site, courriel: str, chemin: str) -> str:
    """Wait for an e-mail to `courriel` and return its link that contains `chemin`."""
    limite = time.monotonic() + 20
    while time.monotonic() < limite:
        for texte in site.mails():
            message: Any = message_from_string(texte, policy=policy.default)
            corps = message.get_body(("plain",)).get_content()
            if message["To"] == courriel and (lien := re.search(rf"http\S+{chemin}\S+", corps)):
                return lien[0]
        time.sleep(0.2)
    raise AssertionError(courriel)


def check_page(page: Page) -> None:
    """Check a page that test_accessibilite.py does not open."""
    assert find_violations(page) == []


def _inviter(page: Page, prenom: str) -> None:
    page.goto("/mon-espace")
    page.get_by_role("link", name="Invitations en attente").click()
    page.get_by_role("link", name=f"Inviter {prenom}").click()


def test_une_feuille_un_telephone_et_l_on_est_chez_soi(site: Site, open_page: Any) -> None:
    bureau = sign_in(open_page(DESKTOP, javascript=False), "organisme@demo.example")
    _inviter(bureau, "Tom")
    bureau.get_by_role("button", name="Préparer la feuille").click()
    dessin = bureau.get_by_role("img", name="Code QR").bounding_box()
    assert dessin
    assert dessin["width"] > 150
    code = bureau.locator(".code-imprime").first.inner_text()

    telephone = open_page(PHONE, javascript=False)
    telephone.goto("/connexion")
    telephone.get_by_role("link", name="J’ai un code").click()
    telephone.get_by_label("Code d’invitation").fill(code.upper())
    telephone.get_by_role("button", name="Continuer").click()
    expect(telephone.get_by_role("heading", level=1)).to_have_text("Bienvenue Tom")
    telephone.get_by_role("link", name="Montrer le mot de passe").click()
    telephone.get_by_role("textbox", name="Mot de passe").fill("cheval vert mange la lune")
    telephone.get_by_role("button", name="Enregistrer et entrer").click()
    expect(telephone.get_by_role("heading", level=1)).to_contain_text("Bonjour Tom")

    bureau.goto("/invitations")
    expect(bureau.get_by_role("link", name="Inviter Tom")).to_have_count(0)


def test_un_courriel_un_bouton_et_l_on_revient_par_un_autre(site: Site, open_page: Any) -> None:
    bureau = sign_in(open_page(PHONE, "dark"), "animation@demo.example")
    _inviter(bureau, "Jade")
    bureau.get_by_role("button", name="Préparer la feuille").click()
    check_page(bureau)
    _inviter(bureau, "Jade")
    bureau.get_by_role("button", name="Renvoyer le courriel").click()
    jade = open_page(PHONE)
    jade.goto(lien_recu(site, "jade.invitee@demo.example", "/invitation/"))
    expect(jade).to_have_url(re.compile("/premiere-visite$"))
    check_page(jade)
    jade.get_by_role("button", name="Entrer sans mot de passe").click()
    expect(jade.get_by_role("heading", level=1)).to_contain_text("Bonjour Jade")
    jade.get_by_text("Menu", exact=True).click()
    jade.get_by_role("button", name="Se déconnecter").click()

    jade.goto("/connexion")
    jade.get_by_label("Adresse").fill("jade.invitee@demo.example")
    jade.get_by_role("button", name="Recevoir un lien par courriel").click()
    expect(jade.get_by_role("status")).to_contain_text("Si un compte existe")
    check_page(jade)
    jade.goto(lien_recu(site, "jade.invitee@demo.example", "/connexion/lien/"))
    check_page(jade)
    jade.get_by_role("main").get_by_role("button", name="Entrer").click()
    expect(jade.get_by_role("heading", level=1)).to_contain_text("Bonjour Jade")
