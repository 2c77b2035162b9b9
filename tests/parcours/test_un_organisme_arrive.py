"""An animateur invites an organisme, which records the delegate of a promotion, who files a first fiche."""

from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from devtools.browser import DESKTOP, PHONE
from devtools.site import Site, sign_in
from tests.parcours.test_premiere_visite import lien_recu
from tests.parcours.test_une_fiche_entiere import ecrire

pytestmark = pytest.mark.navigateur


def _enter(page: Page, adresse: str) -> Page:
    page.goto(adresse)
    page.get_by_role("button", name="Entrer sans mot de passe").click()
    page.wait_for_url("**/mon-espace")
    return page


def _jour(dans: int) -> str:
    return (date.today() + timedelta(days=dans)).isoformat()


def test_de_l_invitation_a_la_premiere_fiche(site: Site, open_page: Any) -> None:
    equipe = sign_in(open_page(DESKTOP), "animation@demo.example")
    organisme = site.value(
        "SELECT id FROM acteurs WHERE nature = 'organisme' AND ferme_le IS NULL"
        " AND id NOT IN (SELECT acteur_id FROM appartenances) ORDER BY id"
    )
    equipe.goto(f"/acteurs/{organisme}/agents/nouveau")
    equipe.get_by_label("Prénom").fill("Maud")
    equipe.get_by_label("Nom", exact=True).fill("Fictive")
    equipe.get_by_label("Adresse électronique").fill("maud@demo.example")
    equipe.get_by_role("main").get_by_role("button").first.click()
    expect(equipe.get_by_text("Maud fait partie de l’équipe. Une invitation part")).to_be_visible()

    maud = _enter(open_page(DESKTOP), lien_recu(site, "maud@demo.example", "/invitation/"))
    maud.goto(f"/acteurs/{organisme}/promotions/nouvelle")
    maud.get_by_label("Le titre de la formation").fill("Fleuriste, groupe du matin")
    maud.get_by_label("La commune").fill("Marseille")
    maud.get_by_label("Premier jour").fill(_jour(-10))
    maud.get_by_label("Dernier jour").fill(_jour(90))
    maud.get_by_label("Combien de personnes ?").fill("12")
    maud.get_by_role("main").get_by_role("button").first.click()
    promotion = site.value("SELECT id FROM promotions WHERE titre = 'Fleuriste, groupe du matin'")

    maud.goto(f"/promotions/{promotion}/election/resultat")
    maud.get_by_label("Date du vote").fill(_jour(-1))
    maud.locator("#titulaire_prenom").fill("Rosa")
    maud.locator("#titulaire_nom").fill("Fictive")
    maud.locator("#titulaire_courriel").fill("rosa@demo.example")
    maud.get_by_role("main").get_by_role("button").first.click()
    maud.goto(f"/promotions/{promotion}")
    expect(maud.get_by_role("heading", name="Rosa Fictive")).to_be_visible()

    rosa = _enter(open_page(PHONE), lien_recu(site, "rosa@demo.example", "/invitation/"))
    ecrire(rosa, "La chambre froide est en panne")
    rosa.get_by_role("button", name="Déposer la fiche").click()
    expect(rosa.get_by_role("heading", level=1)).to_have_text("La chambre froide est en panne")
    assert rosa.evaluate("document.documentElement.scrollWidth") <= 360
