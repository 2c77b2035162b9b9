"""The life of a fiche: written on a phone, answered on a wide screen, given a verdict, read in public."""

import time
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from devtools.browser import DESKTOP, PHONE
from devtools.site import PUBLISH, Site, pass_similar, sign_in

pytestmark = pytest.mark.navigateur

REPONSE = (
    "Nous avons rencontré le transporteur le 12 octobre. Le car de 16 h 50 partira à 17 h 12 dès lundi. "
    "Les retards de septembre sont effacés."
)


def _continue(page: Page) -> None:
    page.get_by_role("button", name="Continuer").click()


def ecrire(page: Page, titre: str) -> None:
    page.get_by_role("main").get_by_role("link", name="Déposer une fiche").click()
    page.get_by_text("Transport", exact=True).click()
    _continue(page)
    page.get_by_label("Que se passe-t-il ?").fill("Le car arrive à 8 h 42, la formation commence à 8 h 30.")
    page.get_by_label("Un titre, en quelques mots").fill(titre)
    _continue(page)
    pass_similar(page)
    page.get_by_label("D’où vient ce problème ?").fill("Les horaires")
    page.get_by_role("button", name="Revenir à la question d’avant").click()
    expect(page.get_by_label("Un titre, en quelques mots")).to_have_value(titre)
    page.get_by_text("Voir toutes les étapes").click()
    page.get_by_role("button", name="3. Les causes").click()
    expect(page.get_by_label("D’où vient ce problème ?")).to_have_value("Les horaires")
    for question, texte in (
        ("D’où vient ce problème ?", "Les horaires ont changé en septembre."),
        ("Qu’est-ce que cela entraîne ?", "Six personnes arrivent en retard chaque jour."),
        ("Que proposez-vous ?", "Commencer à 9 h 15."),
        ("Combien de personnes sont concernées ?", "6"),
    ):
        page.get_by_label(question).fill(texte)
        _continue(page)
    _continue(page)  # no attachment
    _continue(page)  # the proposed addressees


def test_du_telephone_de_la_deleguee_a_son_avis(site: Site, open_page: Any) -> None:
    titre = "Le dernier car part avant la fin des cours"
    telephone = sign_in(open_page(PHONE), "delegue@demo.example")
    ecrire(telephone, titre)
    expect(telephone.get_by_role("heading", level=1)).to_have_text("Ce que tout le monde verra")
    assert telephone.evaluate("document.documentElement.scrollWidth") <= 360
    telephone.get_by_role("button", name="Déposer la fiche").click()
    expect(telephone.get_by_role("heading", level=1)).to_have_text(titre)
    fiche = site.value("SELECT id FROM fiches WHERE titre = ? AND publication = 'publiee'", titre)
    acteur = site.value("SELECT acteur_id FROM saisines WHERE fiche_id = ?", fiche)
    courriel = site.value(
        "SELECT c.courriel FROM comptes c JOIN appartenances a ON a.compte_id = c.id WHERE a.acteur_id = ?",
        acteur,
    )

    bureau = sign_in(open_page(DESKTOP, "dark"), courriel)
    bureau.goto(f"/fiches/{fiche}")
    bureau.get_by_role("button", name="Prendre en charge").click()
    expect(bureau.get_by_text("A pris la fiche en charge")).to_be_visible()
    bureau.get_by_role("link", name="Répondre", exact=True).first.click()
    bureau.get_by_label("Votre réponse").fill("traité")
    bureau.get_by_role("button", name=PUBLISH).click()
    expect(bureau.get_by_role("alert")).to_contain_text("au moins 80")
    bureau.get_by_label("Votre réponse").fill(REPONSE)
    bureau.once("dialog", lambda question: question.dismiss())  # stay on the page
    bureau.get_by_role("link", name="Mon espace").click()
    expect(bureau.get_by_label("Votre réponse")).to_have_value(REPONSE)
    bureau.get_by_role("button", name=PUBLISH).click()
    expect(bureau.get_by_text("A répondu")).to_be_visible()

    telephone.goto("/mon-espace")
    telephone.get_by_role("link", name=titre).first.click()
    telephone.get_by_role("link", name="En partie", exact=True).click()
    telephone.get_by_label("Dites-en plus").fill("Le soir c’est réglé, pas le matin.")
    telephone.get_by_role("button", name="Publier").click()

    visiteur = open_page(PHONE)
    visiteur.goto(f"/fiches/{fiche}")
    expect(visiteur.get_by_text("Cette réponse a aidé en partie")).to_be_visible()
    expect(visiteur.get_by_text("Samira")).to_have_count(0)
    _wait_for_mail(site, titre, "Subject:")


def _wait_for_mail(site: Site, titre: str, mot: str) -> None:
    limit = time.monotonic() + 75
    while not any(mot in mail for mail in site.mails()):
        assert time.monotonic() < limit, f"no mail about {titre}"
        time.sleep(0.5)


def test_deux_agents_en_meme_temps_sur_grand_ecran(site: Site, open_page: Any) -> None:
    fiche, saisine = (
        site.value(
            f"SELECT s.{champ} FROM saisines s JOIN fiches f ON f.id = s.fiche_id"
            " JOIN appartenances a USING (acteur_id)"
            " JOIN comptes c ON c.id = a.compte_id WHERE c.courriel = 'service@demo.example'"
            " AND s.statut = 'en_cours' AND f.publication = 'publiee' ORDER BY s.id",
        )
        for champ in ("fiche_id", "id")
    )
    premiere, seconde = (sign_in(open_page(DESKTOP), "service@demo.example") for _fenetre in range(2))
    for page in (premiere, seconde):
        page.goto(f"/fiches/{fiche}/saisines/{saisine}/reponse")
    premiere.get_by_label("Votre réponse").fill(REPONSE)
    premiere.get_by_role("button", name=PUBLISH).click()
    seconde.get_by_label("Votre réponse").fill(REPONSE + " Deuxième.")
    seconde.get_by_role("button", name=PUBLISH).click()
    expect(seconde.get_by_role("alert")).to_contain_text("Entre-temps")
    expect(seconde.get_by_label("Votre réponse")).to_have_value(REPONSE + " Deuxième.")


def test_sans_javascript_une_visiteuse_lit_et_une_deleguee_ecrit(site: Site, open_page: Any) -> None:
    page = open_page(PHONE, javascript=False)
    page.goto("/")
    page.get_by_role("link", name="Lire les fiches").click()
    page.get_by_text("Filtrer les fiches").click()
    page.get_by_label("Thème").select_option("transport")
    page.get_by_role("button", name="Afficher").click()
    page.get_by_role("link", name="Réglée").click()
    expect(page.locator(".lot .en_cours")).to_have_count(0)
    page.locator(".lot h3 a").first.click()
    expect(page.get_by_text("La solution proposée")).to_be_visible()
    page.locator(".dossier h3 a").first.click()
    expect(page.get_by_text("Ses fiches en chiffres")).to_be_visible()

    deleguee = sign_in(open_page(PHONE, javascript=False), "delegue2@demo.example")
    ecrire(deleguee, "Sans JavaScript aussi")
    deleguee.get_by_role("button", name="Déposer la fiche").click()
    expect(deleguee.get_by_role("heading", level=1)).to_have_text("Sans JavaScript aussi")
