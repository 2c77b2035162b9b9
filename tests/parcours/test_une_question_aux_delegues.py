"""An officer asks the delegates a question; one answers from a phone, with a photo. The due date moves."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from devtools.browser import DESKTOP, NARROW
from devtools.site import Site, sign_in
from tests.fichiers import photo

pytestmark = pytest.mark.navigateur

_LIBRE = (
    " FROM saisines s JOIN fiches f ON f.id = s.fiche_id JOIN mandats m USING (promotion_id)"
    " JOIN comptes c ON c.id = m.compte_id JOIN appartenances a ON a.acteur_id = s.acteur_id"
    " JOIN comptes d ON d.id = a.compte_id WHERE c.courriel = 'delegue@demo.example'"
    " AND d.courriel = 'organisme@demo.example' AND s.statut = 'en_cours' AND f.publication = 'publiee'"
    " ORDER BY s.reponse_due DESC, s.id"
)


@pytest.mark.parametrize("javascript", [True, False], ids=["avec-js", "sans-js"])
def test_la_question_et_la_reponse(site: Site, open_page: Any, tmp_path: Path, javascript: bool) -> None:
    reponse = f"Nous sommes douze, {'avec' if javascript else 'sans'} script. Voici la salle."
    fichier = f"salle-{'avec' if javascript else 'sans'}.jpg"
    (tmp_path / fichier).write_bytes(photo())
    question = f"Combien êtes-vous le midi, {'avec' if javascript else 'sans'} script ?"
    fiche, saisine = site.value(f"SELECT s.fiche_id{_LIBRE}"), site.value(f"SELECT s.id{_LIBRE}")
    titre = site.value("SELECT titre FROM fiches WHERE id = ?", fiche)

    def due() -> str:
        return str(site.value("SELECT reponse_due FROM saisines WHERE id = ?", saisine))

    avant = due()
    bureau = sign_in(open_page(DESKTOP, javascript=javascript), "organisme@demo.example")
    bureau.goto(f"/fiches/{fiche}")
    bureau.locator("summary", has_text="Autres actions").first.click()
    bureau.get_by_role("link", name="Écrire aux délégué·es").first.click()
    bureau.get_by_label("Votre message").fill(question)
    bureau.get_by_label("J’attends une réponse des délégué·es").check()
    bureau.get_by_role("button", name="Envoyer").click()
    expect(bureau.get_by_text("Le délai est suspendu :")).to_be_visible()
    pendant = due()
    assert pendant > avant

    telephone = sign_in(open_page(NARROW, javascript=javascript), "delegue@demo.example")
    telephone.goto(f"/fiches/{fiche}")
    expect(telephone.get_by_text("Le délai est suspendu :").first).to_be_visible()
    telephone.goto("/mon-espace")
    telephone.locator("section", has=telephone.locator("#messages")).get_by_role(
        "link", name=titre
    ).last.click()
    expect(telephone.get_by_text(question)).to_be_visible()
    assert telephone.evaluate("document.documentElement.scrollWidth") <= 320
    telephone.get_by_label("Joindre des photos").set_input_files(tmp_path / fichier)
    telephone.get_by_role("button", name="Envoyer").click()
    expect(telephone.locator("#erreurs")).to_contain_text("Votre message")
    telephone.get_by_label("Votre message").fill(reponse)
    telephone.get_by_label("Joindre des photos").set_input_files(tmp_path / fichier)
    telephone.get_by_role("button", name="Envoyer").click()
    expect(telephone.get_by_role("link", name=fichier)).to_be_visible()
    assert telephone.evaluate("document.documentElement.scrollWidth") <= 320
    expect(telephone.get_by_text("Le délai est suspendu :")).to_have_count(0)
    assert due() == avant  # answered within the day

    bureau.goto(f"/fiches/{fiche}/saisines/{saisine}/echanges")
    expect(bureau.get_by_text(reponse)).to_be_visible()
    expect(bureau.get_by_role("link", name=fichier)).to_be_visible()
    telephone.reload()
    expect(telephone.get_by_text("Lu par")).to_be_visible()
    visiteur = open_page(NARROW)
    visiteur.goto(f"/fiches/{fiche}/saisines/{saisine}/echanges")
    expect(visiteur.get_by_role("heading", level=1)).to_have_text("Se connecter")
