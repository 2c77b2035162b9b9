"""A delegate attaches a photo on a phone. The agent downloads it. The public sees only the count."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from devtools.browser import DESKTOP, PHONE
from devtools.site import Site, pass_similar, sign_in
from tests.fichiers import SECRETS, pdf, photo
from tests.parcours.test_une_fiche_entiere import _continue

pytestmark = pytest.mark.navigateur


def _write_until_files(page: Page, titre: str) -> None:
    page.get_by_role("main").get_by_role("link", name="Déposer une fiche").click()
    page.get_by_text("Hébergement et logement", exact=True).click()
    _continue(page)
    page.get_by_label("Que se passe-t-il ?").fill("Le chauffage du foyer est en panne.")
    page.get_by_label("Un titre, en quelques mots").fill(titre)
    _continue(page)
    pass_similar(page)
    for question in ("D’où vient ce problème ?", "Qu’est-ce que cela entraîne ?", "Que proposez-vous ?"):
        page.get_by_label(question).fill("La chaudière attend une pièce depuis un mois.")
        _continue(page)
    _continue(page)  # number of people left empty
    expect(page.get_by_role("heading", level=1)).to_have_text("Photos et documents")


@pytest.mark.parametrize("javascript", [True, False], ids=["avec-js", "sans-js"])
def test_du_telephone_au_bureau(site: Site, open_page: Any, tmp_path: Path, javascript: bool) -> None:
    titre = f"Le chauffage du foyer {'avec' if javascript else 'sans'} script"
    envois = {
        "chaudière.jpg": photo((2400, 1800)),
        "devis.pdf": pdf(titre),
        "page.html": b"<script>1</script>",
    }
    for nom, contenu in envois.items():
        (tmp_path / nom).write_bytes(contenu)

    telephone = sign_in(open_page(PHONE, javascript=javascript), "delegue@demo.example")
    _write_until_files(telephone, titre)
    telephone.get_by_label("Choisir des photos").set_input_files([tmp_path / nom for nom in envois])
    telephone.get_by_role("button", name="Ajouter ces fichiers").click()
    expect(telephone.locator("#erreurs")).to_contain_text("« page.html » : seuls les fichiers JPEG")
    expect(telephone.get_by_role("link", name="chaudière.jpg")).to_be_visible()
    assert telephone.evaluate("document.documentElement.scrollWidth") <= 360
    telephone.get_by_role("button", name="Retirer devis.pdf").click()
    expect(telephone.get_by_role("link", name="devis.pdf")).to_have_count(0)
    _continue(telephone)
    telephone.get_by_label("Service Conditions de vie des stagiaires – Bouches").check()
    _continue(telephone)
    expect(telephone.get_by_text("1 pièce jointe transmise")).to_be_visible()
    telephone.get_by_role("button", name="Déposer la fiche").click()
    expect(telephone.get_by_role("heading", level=1)).to_have_text(titre)
    fiche = site.value("SELECT id FROM fiches WHERE titre = ? AND publication = 'publiee'", titre)

    bureau = sign_in(open_page(DESKTOP, "dark"), "service@demo.example")
    bureau.goto(f"/fiches/{fiche}")
    image = bureau.locator(".pieces img")
    image.scroll_into_view_if_needed()
    expect(image).to_have_js_property("complete", True)
    assert image.evaluate("image => image.naturalWidth") > 100
    with bureau.expect_download() as attendu:
        bureau.get_by_role("link", name="chaudière.jpg").click()
    assert attendu.value.suggested_filename == "chaudière.jpg"
    recu = Path(attendu.value.path()).read_bytes()
    assert Image.open(BytesIO(recu)).size == (1800, 2400)  # EXIF rotation applied
    assert not any(secret in recu for secret in SECRETS)

    saisine = site.value("SELECT id FROM saisines WHERE fiche_id = ?", fiche)
    autre = site.value(
        "SELECT a.acteur_id FROM appartenances a JOIN comptes c ON c.id = a.compte_id"
        " WHERE c.courriel = 'service2@demo.example'"
    )
    bureau.goto(f"/fiches/{fiche}/saisines/{saisine}/transfert")
    bureau.get_by_label("Pourquoi").fill("Ce centre est suivi par votre équipe depuis septembre.")
    bureau.get_by_label("Nom du service ou de l’organisme").fill("aucun de ce nom")
    bureau.get_by_role("button", name="Chercher").click()
    expect(bureau.get_by_text("Aucun nouveau nom trouvé")).to_be_visible()
    expect(bureau.get_by_label("Pourquoi")).to_have_value(re.compile("suivi par votre équipe"))
    bureau.locator("summary", has_text="Les autres services").click()
    bureau.locator(f'input[name="acteur_id"][value="{autre}"]').check()
    bureau.get_by_role("button", name="Transférer").click()
    bureau.goto(f"/fiches/{fiche}")
    expect(bureau.get_by_role("link", name="chaudière.jpg")).to_have_count(0)  # former owner: no access
    collegue = sign_in(open_page(PHONE), "service2@demo.example")
    collegue.goto(f"/fiches/{fiche}")
    expect(collegue.get_by_role("link", name="chaudière.jpg").first).to_be_visible()

    visiteur = open_page(PHONE)
    visiteur.goto(f"/fiches/{fiche}")
    expect(visiteur.get_by_text("1 pièce jointe transmise")).to_be_visible()
    expect(visiteur.get_by_text("chaudière.jpg")).to_have_count(0)
    piece = site.value("SELECT id FROM pieces WHERE fiche_id = ?", fiche)
    visiteur.goto(f"/fiches/{fiche}/pieces/{piece}")
    expect(visiteur.get_by_role("heading", level=1)).to_have_text("Se connecter")
