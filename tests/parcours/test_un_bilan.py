"""The association sends the report of a quarter with one click; the acteur reads it, and its PDF."""

import time
from collections.abc import Callable
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


_A_ENVOYER = (
    " FROM bilans_acteurs b JOIN appartenances a USING (acteur_id) JOIN comptes c ON c.id = a.compte_id"
    " WHERE b.debut = ? AND c.active_le IS NOT NULL AND c.courriel LIKE '%@demo.example' AND a.fin IS NULL"
    " AND NOT EXISTS (SELECT 1 FROM bilans_envois e WHERE e.acteur_id = b.acteur_id AND e.debut = b.debut)"
    " ORDER BY b.dues DESC, a.id"
)


def _wait_for(read: Callable[[], Any]) -> Any:
    """Return what the worker has written, once it has."""
    limit = time.monotonic() + 120
    while time.monotonic() < limit:
        if found := read():
            return found
        time.sleep(0.5)
    raise AssertionError("the worker wrote nothing")


def test_du_clic_de_l_animation_au_papier_de_l_acteur(site: Site, open_page: Any) -> None:
    trimestre = Trimestre.du(today()).precedent
    debut = trimestre.debut.isoformat()
    acteur = _wait_for(lambda: site.value(f"SELECT b.acteur_id{_A_ENVOYER}", debut))
    courriel = site.value(f"SELECT c.courriel{_A_ENVOYER}", debut)
    bilan = f"/acteurs/{acteur}/bilans/{trimestre.code}"
    animation = sign_in(open_page(DESKTOP), "animation@demo.example")
    animation.goto("/acteurs/en-difficulte")
    expect(animation.get_by_role("heading", level=1)).to_be_visible()
    animation.goto(f"{bilan}/envoi")
    animation.get_by_role("button", name="Envoyer le bilan").click()
    expect(animation.get_by_text("Le bilan part par courriel.")).to_be_visible(timeout=30_000)

    agent = sign_in(open_page(PHONE, javascript=False), courriel)
    agent.goto(bilan)
    expect(agent.get_by_role("heading", level=1)).to_contain_text("Bilan")
    assert agent.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    papier = _wait_for(lambda: (reponse := agent.request.get(f"{bilan}.pdf")).ok and reponse)
    assert len(pikepdf.open(BytesIO(papier.body())).pages) >= 1
    assert agent.request.get(f"{bilan}.csv").ok
    assert open_page(PHONE).request.get(f"{bilan}.pdf").status == 401
