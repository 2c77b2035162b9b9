"""Five phones of a class and their delegate write a fiche at once; a trainee leaves a word by the poster."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from devtools.axe import find_violations
from devtools.browser import NARROW, PHONE
from devtools.site import Site, sign_in

pytestmark = pytest.mark.navigateur

IDEES = (
    ("Une cause", "La chaudière date de 1987 🥶"),
    ("Une cause", "On ouvre la porte du fond pour fumer."),
    ("Une conséquence", "On garde nos manteaux et on écrit mal."),
    ("Une solution", "Changer de salle jusqu’en mars."),
    ("Une solution", "nul"),
)


def _open_draft(page: Page, titre: str) -> None:
    """Begin a fiche, up to its problem, and open it to the class."""
    page.goto("/fiches/nouvelle")
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Continuer").click()
    page.get_by_label("Que se passe-t-il").fill("Il fait 12 degrés dans la salle le matin.")
    page.get_by_label("Un titre").fill(titre)
    page.get_by_role("button", name="Continuer").click()
    page.goto(f"{page.url.partition('/brouillon/')[0]}/brouillon/causes")  # similar fiches may be shown first
    page.get_by_role("link", name="Écrire avec la classe").click()
    page.get_by_role("button", name="Ouvrir à la classe").click()


def _contribute(phone: Page, lien: str, nature: str, texte: str) -> None:
    phone.goto(lien)
    assert "/classe/" not in phone.url  # the secret has left the address bar
    phone.get_by_role("button", name="Je suis concerné·e").click()
    expect(phone.get_by_text("Vous avez dit")).to_be_visible()
    _write(phone, nature, texte)


def _write(phone: Page, nature: str, texte: str) -> None:
    phone.get_by_role("link", name=nature).click()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    phone.locator("textarea").fill(texte)
    phone.get_by_role("button", name="Envoyer").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Merci, c’est envoyé")


def _take_beside_the_field(samira: Page, phone: Page, *, javascript: bool) -> None:
    """The delegate writes the consequences. What the class sends meanwhile appears beside the field, and one
    tap puts it there, below what she has just typed."""
    samira.goto(f"{samira.url.partition('/classe')[0]}/brouillon/consequences")
    champ = samira.locator("textarea[name=consequences]")
    champ.fill(f"{champ.input_value()}\n\nDeux élèves sont malades.")
    phone.goto("/classe")
    _write(phone, "Une conséquence", "On part plus tôt.")
    if not javascript:
        samira.get_by_role("button", name="Continuer").click()
        samira.go_back()
        samira.reload()
    proposition = samira.locator(".de-la-classe li", has_text="On part plus tôt.")
    expect(proposition).to_be_visible(timeout=15_000)
    assert not javascript or find_violations(samira) == []
    proposition.get_by_role("button", name="Reprendre").click()
    expect(samira.get_by_text("C’est dans la fiche")).to_be_visible()
    expect(champ).to_have_value(re.compile(r"manteaux.*malades\.\s+On part plus tôt\.$", re.S))
    expect(samira.locator(".deux-textes")).to_have_count(0)


@pytest.mark.parametrize("javascript", [True, False], ids=["avec-js", "sans-js"])
def test_cinq_telephones_et_une_deleguee(site: Site, open_page: Any, javascript: bool) -> None:
    titre = f"Une salle trop froide, {'avec' if javascript else 'sans'} script"
    samira = sign_in(open_page(PHONE, javascript=javascript), "delegue@demo.example")
    _open_draft(samira, titre)
    page_de_classe = samira.url.partition("#")[0]
    lien = re.sub(r"^https?://[^/]+", "", samira.locator(".adresse-de-classe").inner_text())
    telephones = [open_page(PHONE, javascript=javascript) for _idee in IDEES]
    for phone, (nature, texte) in zip(telephones, IDEES, strict=True):
        _contribute(phone, lien, nature, texte)
    assert not javascript or find_violations(telephones[0]) == []
    telephones[0].get_by_label("Votre prénom").fill("Inès")
    telephones[0].get_by_role("button", name="Signer").click()
    telephones[1].goto("/classe")
    assert not javascript or find_violations(telephones[1]) == []
    expect(telephones[1].get_by_text(IDEES[0][1])).to_have_count(0)

    if not javascript:
        samira.reload()
    expect(samira.get_by_text("5 contributions à lire")).to_be_visible(timeout=15_000)
    expect(samira.get_by_text("5 personnes ont participé")).to_be_visible()
    expect(samira.get_by_text("Inès")).to_be_visible(timeout=15_000)

    def card(texte: str) -> Any:
        return samira.locator(".contributions > li", has_text=texte)

    card(IDEES[0][1]).get_by_role("button", name="Reprendre").click()
    expect(samira.get_by_text("C’est dans la fiche")).to_be_visible()
    card(IDEES[2][1]).get_by_role("button", name="Reprendre").click()
    expect(samira.get_by_text("3 contributions à lire")).to_be_visible()
    card(IDEES[3][1]).get_by_role("link", name="Modifier avant").click()
    samira.locator("textarea").fill("Nous prêter la salle 4 jusqu’en mars.")
    samira.get_by_role("button", name="Mettre dans la fiche").click()
    card("nul").get_by_role("button", name="Mettre de côté").click()
    expect(samira.get_by_text("1 mise de côté")).to_be_visible()

    _take_beside_the_field(samira, telephones[3], javascript=javascript)
    samira.goto(page_de_classe)

    samira.get_by_role("link", name=titre).click()
    expect(samira.get_by_text("La chaudière date de 1987")).to_be_visible()
    expect(samira.get_by_text("Nous prêter la salle 4")).to_be_visible()
    samira.get_by_role("button", name="Déposer la fiche").click()
    visiteur = open_page(NARROW, javascript=javascript)
    visiteur.goto(samira.url)
    expect(visiteur.get_by_text("5 personnes ont participé")).to_be_visible()
    expect(visiteur.get_by_text("Inès")).to_have_count(0)

    telephones[4].goto("/classe/ecrire/cause")
    expect(telephones[4].get_by_role("heading", level=1)).to_have_text("Ce lien ne sert plus")
    samira.goto(page_de_classe)
    expect(samira.get_by_text("Cette fiche est déposée.")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False], ids=["avec-js", "sans-js"])
def test_un_mot_par_le_code_de_l_affiche(site: Site, open_page: Any, javascript: bool) -> None:
    mot = f"Le vestiaire ferme mal, {'avec' if javascript else 'sans'} script."
    samira = sign_in(open_page(PHONE, javascript=javascript), "delegue@demo.example")
    samira.goto("/mon-espace")
    samira.get_by_role("link", name="Les mots de votre promotion").click()
    samira.get_by_role("link", name="L’affiche de la promotion").click()
    code = samira.locator(".code-imprime").inner_text()

    ines = open_page(NARROW, javascript=javascript)
    ines.goto("/fiches/nouvelle")
    ines.get_by_role("link", name="Laisser un mot à mes délégué·es").click()
    ines.get_by_label("Le code de l’affiche").fill("0000-0000")
    ines.get_by_role("button", name="Continuer").click()
    expect(ines.locator("#erreurs")).to_contain_text("n’existe pas")
    ines.get_by_label("Le code de l’affiche").fill(code.upper())
    ines.get_by_role("button", name="Continuer").click()
    ines.get_by_label("Votre mot").fill(mot)
    assert ines.evaluate("document.documentElement.scrollWidth") <= 320
    ines.get_by_role("button", name="Envoyer").click()
    expect(ines.get_by_text("Vos délégué·es liront votre mot.")).to_be_visible()

    samira.goto("/mon-espace")
    samira.locator("section", has=samira.locator("#mots")).get_by_role("link").first.click()
    lu = samira.locator(".contributions > li", has_text=mot)
    lu.get_by_role("button", name="J’ai lu").click()
    expect(lu.get_by_role("button", name="J’ai lu")).to_have_count(0)
