"""An agent answers on the phone with a photo. Everybody sees it, until an animateur masks it."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from devtools.browser import NARROW, PHONE
from devtools.factories import LONGUE
from devtools.site import Site, sign_in
from tests.fichiers import SECRETS, photo

pytestmark = pytest.mark.navigateur

_A_REPONDRE = (
    " FROM saisines s JOIN fiches f ON f.id = s.fiche_id JOIN appartenances a ON a.acteur_id = s.acteur_id"
    " JOIN comptes c ON c.id = a.compte_id WHERE c.courriel = 'service2@demo.example'"
    " AND s.statut = 'en_cours' AND f.publication = 'publiee'"
    " ORDER BY s.reponse_due DESC, s.id"
)
MOTIF = "On reconnaît une personne sur cette photo."


def test_une_photo_dans_la_reponse(site: Site, open_page: Any, tmp_path: Path) -> None:
    nom = "le-nouvel-arret.jpg"
    (tmp_path / nom).write_bytes(photo((2400, 1800)))
    fiche, saisine = site.value(f"SELECT s.fiche_id{_A_REPONDRE}"), site.value(f"SELECT s.id{_A_REPONDRE}")

    agent = sign_in(open_page(PHONE), "service2@demo.example")
    agent.goto(f"/fiches/{fiche}/saisines/{saisine}/reponse")
    agent.get_by_label("Votre réponse").fill("Voici la photo.")
    agent.locator("summary", has_text="Joindre une photo ou un document").click()
    expect(agent.get_by_text("Tout le monde pourra lire ce fichier")).to_be_visible()
    agent.get_by_label("Fichiers").set_input_files(tmp_path / nom)
    agent.get_by_role("button", name="Publier seulement").click()
    expect(agent.locator("#erreurs")).to_contain_text("80 caractères")  # the text is too short
    expect(agent.get_by_role("link", name=nom)).to_be_visible()  # and the photo is kept
    assert agent.evaluate("document.documentElement.scrollWidth") <= 360
    agent.get_by_label("Votre réponse").fill(LONGUE)
    agent.get_by_role("button", name="Aperçu").click()
    expect(agent.get_by_text("Tout le monde pourra lire ce fichier.")).to_be_visible()
    agent.get_by_role("button", name="Publier seulement").click()
    expect(agent.get_by_text("Votre réponse est publiée.")).to_be_visible()

    visiteur = open_page(NARROW)
    visiteur.goto(f"/fiches/{fiche}")
    with visiteur.expect_download() as attendu:
        visiteur.get_by_role("link", name=nom).click()
    recue = Path(attendu.value.path()).read_bytes()
    assert not any(secret in recue for secret in SECRETS)

    anouk = sign_in(open_page(PHONE), "animation@demo.example")
    anouk.goto(f"/fiches/{fiche}")
    anouk.get_by_role("link", name=f"Masquer ce fichier {nom}").click()
    anouk.get_by_label("Pourquoi").fill(MOTIF)
    anouk.get_by_role("button", name="Masquer ce fichier").click()
    visiteur.reload()
    expect(visiteur.get_by_text(MOTIF)).to_be_visible()
    expect(visiteur.get_by_role("link", name=nom)).to_have_count(0)
