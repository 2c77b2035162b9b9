"""An agent unfolds a row of the queue and answers there, with and without JavaScript."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from devtools.browser import PHONE
from devtools.site import Site, sign_in
from tests.parcours.test_une_fiche_entiere import REPONSE

pytestmark = pytest.mark.navigateur

# An agent, with the password of the demonstration, of an acteur who has three late answers
AGENT = (
    "SELECT c.courriel FROM saisines s JOIN fiches f ON f.id = s.fiche_id"
    " JOIN appartenances a USING (acteur_id) JOIN comptes c ON c.id = a.compte_id"
    " WHERE s.statut = 'en_cours' AND s.reponse_due < date('now') AND f.publication = 'publiee'"
    " AND a.fin IS NULL AND c.mot_de_passe ="
    " (SELECT mot_de_passe FROM comptes WHERE courriel = 'delegue@demo.example')"
    " GROUP BY c.id ORDER BY count(*) DESC, c.id"
)


def _unfold(page: Page) -> Any:
    """Open the first row that waits for an answer. Return the row."""
    page.goto("/mon-espace?liste=en-retard")
    page.get_by_role("link", name="Répondre").first.click()
    rang = page.locator(".rang.ouvert")
    expect(rang).to_have_count(1)
    return rang


@pytest.mark.parametrize("javascript", [True, False])
def test_repondre_sans_quitter_la_file(open_page: Any, site: Site, javascript: bool) -> None:
    page = sign_in(open_page(PHONE, javascript=javascript), site.value(AGENT))
    rang = _unfold(page)
    titre = rang.get_by_role("heading", level=3).inner_text()
    expect(rang).to_be_in_viewport()
    expect(rang.locator("dl")).to_contain_text("Le problème")
    rang.get_by_role("link", name="Replier").click()
    expect(page.locator(".rang.ouvert")).to_have_count(0)

    rang = _unfold(page)
    rang.get_by_label("Votre réponse").fill(REPONSE)
    rang.get_by_role("button", name="Publier et passer à la suivante").click()
    suivante = page.locator(".rang.ouvert")  # the next row is open, and says that the answer is published
    expect(suivante.locator(".message")).to_contain_text("Votre réponse est publiée.")
    assert suivante.get_by_role("heading", level=3).inner_text() != titre
    expect(page.locator(".rang").filter(has_text=titre)).to_have_count(0)
