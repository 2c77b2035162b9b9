"""The delegate's evening: an answer to read, a question of the owner, a photo, a verdict, the notifications,
what to receive by mail. On a phone, with and without JavaScript."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from devtools.browser import NARROW
from devtools.site import Site, sign_in
from tests.fichiers import photo

pytestmark = pytest.mark.navigateur
_A_ELLE = (
    " FROM saisines s JOIN fiches f ON f.id = s.fiche_id JOIN mandats m USING (promotion_id)"
    " JOIN comptes c ON c.id = m.compte_id WHERE c.courriel = 'delegue@demo.example'"
    " AND f.publication = 'publiee'"
)
_REPONDUE = f"{_A_ELLE} AND s.statut = 'reponse' ORDER BY s.id"
_QUESTIONNEE = f"{_A_ELLE} AND s.suspendue_le IS NOT NULL ORDER BY s.id"


@pytest.mark.parametrize("javascript", [True, False], ids=["avec-js", "sans-js"])
def test_une_soiree(site: Site, open_page: Any, tmp_path: Path, javascript: bool) -> None:
    telephone = sign_in(open_page(NARROW, javascript=javascript), "delegue@demo.example")

    fiche, saisine = (site.value(f"SELECT {quoi}{_REPONDUE}") for quoi in ("s.fiche_id", "s.id"))
    telephone.goto(f"/fiches/{fiche}/saisines/{saisine}/avis")
    expect(telephone.locator("#tour")).to_be_visible()
    telephone.locator("[name=valeur][value=en_partie]").check(force=True)
    telephone.locator("[name=commentaire]").fill(
        f"Le premier car, oui. Pas le second, {'avec' if javascript else 'sans'} script."
    )
    telephone.locator("main form").get_by_role("button").first.click()
    expect(telephone.get_by_text("Votre avis est affiché à côté de la réponse.")).to_be_visible()

    # The owner's question may be answered already by another story: the thread stays open.
    question = site.value(f"SELECT s.id{_QUESTIONNEE}") or saisine
    sa_fiche = site.value("SELECT fiche_id FROM saisines WHERE id = ?", question)
    (tmp_path / "salle.jpg").write_bytes(photo())
    telephone.goto(f"/fiches/{sa_fiche}/saisines/{question}/echanges")
    telephone.get_by_label("Votre message").fill("Nous sommes douze le midi. Voici la salle.")
    telephone.get_by_label("Joindre des photos").set_input_files(tmp_path / "salle.jpg")
    telephone.get_by_role("button", name="Envoyer").click()
    expect(telephone.get_by_role("link", name="salle.jpg").last).to_be_visible()
    assert telephone.evaluate("document.documentElement.scrollWidth") <= 320

    telephone.goto("/notifications")
    expect(telephone.get_by_role("heading", level=1)).to_have_text("Notifications")
    assert telephone.evaluate("document.documentElement.scrollWidth") <= 320
    telephone.goto("/mon-compte/notifications")
    reponses = telephone.locator("[name=reponses]")
    reponses.select_option("quotidien")
    telephone.locator("main form").get_by_role("button").first.click()
    telephone.goto("/mon-compte/notifications")
    expect(reponses).to_have_value("quotidien")
