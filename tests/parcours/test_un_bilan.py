"""The association sends the report of a quarter with one click; the acteur reads it, and its PDF."""

import time
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from playwright.sync_api import expect

from devtools.browser import DESKTOP, PHONE
from devtools.site import Site, sign_in
from mse.bilans.trimestres import Trimestre
from mse.core.clock import today

pytestmark = pytest.mark.navigateur


def _wait_for_pdf(page: Any, url: str) -> Any:
    """The worker writes the PDF within a few seconds."""
    limit = time.monotonic() + 120
    while time.monotonic() < limit:
        reponse = page.request.get(url)
        if reponse.status == 200:
            return reponse
        time.sleep(0.5)
    raise AssertionError(url)


def test_du_clic_de_l_animation_au_papier_de_l_acteur(site: Site, open_page: Any) -> None:
    trimestre = Trimestre.du(today()).precedent
    acteur = site.value(
        "SELECT a.acteur_id FROM appartenances a JOIN comptes c ON c.id = a.compte_id"
        " WHERE c.courriel = 'service@demo.example'"
    )
    bilan = f"/acteurs/{acteur}/bilans/{trimestre.code}"
    animation = sign_in(open_page(DESKTOP), "animation@demo.example")
    animation.goto("/acteurs/en-difficulte")
    expect(animation.get_by_role("heading", level=1)).to_be_visible()
    animation.goto(f"{bilan}/envoi")
    envoi = animation.get_by_role("button", name="Envoyer le bilan")
    if envoi.count():
        envoi.click()
        expect(animation.get_by_text("Le bilan part par courriel.")).to_be_visible()
    animation.goto(bilan)
    expect(animation.get_by_text("Envoyé", exact=False).first).to_be_visible()

    agent = sign_in(open_page(PHONE, javascript=False), "service@demo.example")
    agent.goto(bilan)
    expect(agent.get_by_role("heading", level=1)).to_contain_text("Bilan")
    assert agent.evaluate("document.documentElement.scrollWidth") <= 390
    papier = _wait_for_pdf(agent, f"{bilan}.pdf")
    assert len(pikepdf.open(BytesIO(papier.body())).pages) >= 1
    tableur = agent.request.get(f"{bilan}.csv")
    assert tableur.status == 200
    visiteur = open_page(PHONE)
    assert visiteur.request.get(f"{bilan}.pdf").status == 401
