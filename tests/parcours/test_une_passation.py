"""A former delegate leaves a word; who takes over reads the file, then has the work attested."""

import re
from functools import partial
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from playwright.sync_api import Page, expect

from devtools.browser import DESKTOP, NARROW
from devtools.site import sign_in

pytestmark = pytest.mark.navigateur


def wait_for_pdf(page: Page, *, javascript: bool) -> None:
    """Wait until the worker has written the PDF. Without JavaScript the person reloads the page."""
    lien = page.get_by_role("link", name="Télécharger le PDF").first
    for _essai in range(30):
        if javascript or lien.is_visible():
            break
        page.wait_for_timeout(1000)
        page.get_by_role("link", name="Actualiser").first.click()
    expect(lien).to_be_visible(timeout=30_000)


def download(page: Page, target: Path) -> pikepdf.Pdf:
    with page.expect_download() as telechargement:
        page.get_by_role("link", name="Télécharger le PDF").first.click()
    telechargement.value.save_as(target)
    return pikepdf.open(target)


def test_le_mot_le_dossier_et_l_attestation(open_page: Any, tmp_path: Path) -> None:
    """With JavaScript last: only that run ends by «J’ai lu», which takes the word out of Enzo’s space."""
    for javascript in (False, True):
        tell(partial(open_page, javascript=javascript), tmp_path, javascript=javascript)


def tell(open_page: Any, tmp_path: Path, *, javascript: bool) -> None:
    mot = f"Le gardien a la clé, {'avec' if javascript else 'sans'} script."
    malik = sign_in(open_page(NARROW), "suppleant.of14-c1@demo.example")
    malik.goto("/passation")
    malik.get_by_role("link", name=re.compile("Laisser un mot")).click()
    malik.get_by_label("Votre mot").fill(mot)
    malik.get_by_role("button", name="Garder ce mot").click()
    expect(malik.get_by_text("Votre mot est gardé")).to_be_visible()

    enzo = sign_in(open_page(NARROW), "delegue2@demo.example")
    enzo.goto("/mon-espace")
    expect(enzo.get_by_role("heading", name=re.compile("Vous prenez la suite de Malik"))).to_be_visible()
    enzo.get_by_role("link", name="Lire le dossier de passation").click()
    expect(enzo.get_by_text(mot)).to_be_visible()
    assert enzo.evaluate("document.documentElement.scrollWidth") <= 320
    enzo.get_by_role("button", name="Préparer le PDF").click()
    wait_for_pdf(enzo, javascript=javascript)
    assert len(download(enzo, tmp_path / "passation.pdf").pages) >= 1
    if javascript:
        enzo.get_by_role("button", name="J’ai lu").click()
        expect(enzo.get_by_role("heading", name=re.compile("Vous prenez la suite"))).to_have_count(0)

    enzo.goto("/mes-attestations")
    enzo.get_by_role("link", name="Établir une attestation").click()
    enzo.get_by_role("button", name="Établir l’attestation").click()
    wait_for_pdf(enzo, javascript=javascript)
    papier = download(enzo, tmp_path / "attestation.pdf")
    [adresse] = [str(lien.A.URI) for lien in papier.pages[0].Annots if "/attestations/" in str(lien.A.URI)]
    code = adresse.rpartition("/")[2]

    employeur = open_page(DESKTOP)
    employeur.goto("/attestations")
    employeur.get_by_label("Le code de l’attestation").fill(code.lower())
    employeur.get_by_role("button", name="Vérifier").click()
    expect(employeur.get_by_role("heading", name="Cette attestation est valable.")).to_be_visible()
    expect(employeur.get_by_text("Enzo")).to_have_count(0)
