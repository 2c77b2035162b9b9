"""On a phone, the confirmation after each action is visible and focused, and Tab continues after it."""

from re import Pattern
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from devtools.browser import PHONE
from devtools.site import PUBLISH, Site, sign_in
from tests.parcours.test_une_fiche_entiere import REPONSE

pytestmark = pytest.mark.navigateur

PHRASE = "Une phrase assez longue pour dire ce qui a été fait, et pourquoi."
# A saisine en cours, an agent and a delegate who have the password of the demonstration: other tests open
# accounts that have another password or none, and sign in as service@demo.example.
_EN_COURS = (
    " FROM saisines s JOIN fiches f ON f.id = s.fiche_id"
    " JOIN appartenances a USING (acteur_id) JOIN comptes agent ON agent.id = a.compte_id"
    " JOIN mandats m USING (promotion_id) JOIN comptes delegue ON delegue.id = m.compte_id"
    " WHERE s.statut = 'en_cours' AND f.publication = 'publiee' AND m.fin IS NULL"
    " AND (agent.mot_de_passe, delegue.mot_de_passe) ="
    " (SELECT mot_de_passe, mot_de_passe FROM comptes WHERE courriel = 'delegue@demo.example')"
    " AND agent.courriel <> 'service@demo.example' ORDER BY s.id DESC, agent.id, delegue.id"
)
_AILLEURS = (
    "SELECT id FROM acteurs WHERE nature <> 'organisme' AND ferme_le IS NULL"
    " AND id NOT IN (SELECT acteur_id FROM saisines WHERE fiche_id = ?) ORDER BY id DESC"
)


def _confirmed(page: Page) -> None:
    """Check that the message is focused, visible and a live region, and that Tab continues after it."""
    message = page.locator(".message").first
    expect(message).to_be_focused()
    expect(message).to_be_in_viewport(ratio=1)
    expect(message).to_have_attribute("role", "status")
    page.keyboard.press("Tab")
    assert page.evaluate(
        "[document.querySelector('.message')].every((un) => un.contains(document.activeElement)"
        " || un.compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING)"
    ), page.url


def _act(page: Page, url: str, bouton: str | Pattern[str], **champs: str) -> None:
    """Fill the form at `url` by field names, send it and check the confirmation."""
    page.goto(url)
    formulaire = page.locator("main form").filter(has=page.get_by_role("button", name=bouton, exact=True))
    for nom, valeur in champs.items():
        champ = formulaire.locator(f'[name="{nom}"]')
        if champ.first.get_attribute("type") in ("radio", "checkbox"):
            formulaire.locator("summary").evaluate_all(
                "(tous) => tous.map((un) => un.parentElement.open = 1)"
            )
            formulaire.locator(f'[name="{nom}"][value="{valeur}"]').first.check()
        elif champ.evaluate("(un) => un.tagName") == "SELECT":
            champ.select_option(valeur)
        else:
            champ.fill(valeur)
    formulaire.get_by_role("button", name=bouton, exact=True).click()
    _confirmed(page)


@pytest.mark.parametrize("javascript", [True, False], ids=["avec", "sans"])
def test_du_responsable_a_la_deleguee(site: Site, open_page: Any, javascript: bool) -> None:
    fiche, saisine, un_agent, un_delegue = (
        site.value(f"SELECT {champ}{_EN_COURS}")
        for champ in ("s.fiche_id", "s.id", "agent.courriel", "delegue.courriel")
    )
    geste = f"/fiches/{fiche}/saisines/{saisine}"
    agent = sign_in(open_page(PHONE, javascript=javascript), un_agent)
    _act(agent, f"{geste}/etape", "Publier", texte=PHRASE)
    ajoute = str(site.value(_AILLEURS, fiche))
    _act(agent, f"/fiches/{fiche}/elargissement", "Ajouter ce responsable", acteur_id=ajoute, texte=PHRASE)
    _act(agent, f"{geste}/reponse", PUBLISH, texte=REPONSE)

    deleguee = sign_in(open_page(PHONE, javascript=javascript), un_delegue)
    _act(deleguee, f"/fiches/{fiche}/precision", "Publier", texte=PHRASE)
    _act(deleguee, f"{geste}/avis", "Publier", valeur="non", commentaire=PHRASE)
    _act(deleguee, f"{geste}/demande-de-reouverture", "Publier", texte=PHRASE)

    _act(agent, f"{geste}/decision", "Publier", decision="accepter", texte=PHRASE)
    autre = str(site.value(_AILLEURS, fiche))
    _act(agent, f"{geste}/transfert", "Transférer", acteur_id=autre, texte=PHRASE)

    animation = sign_in(open_page(PHONE, javascript=javascript), "animation@demo.example")
    etape = site.value("SELECT id FROM etapes WHERE fiche_id = ? AND texte = ? ORDER BY id", fiche, PHRASE)
    _act(animation, f"/fiches/{fiche}/etapes/{etape}/masquage", "Effacer ce texte", texte=PHRASE)


@pytest.mark.parametrize("javascript", [True, False], ids=["avec", "sans"])
def test_de_l_animation_a_l_annuaire(site: Site, open_page: Any, javascript: bool) -> None:
    suffixe = "avec" if javascript else "sans"
    page = sign_in(open_page(PHONE, javascript=javascript), "animation@demo.example")
    retenue = site.value("SELECT id FROM fiches WHERE publication = 'retenue' ORDER BY id")
    _act(page, f"/fiches/{retenue}/moderation", "Enregistrer la décision", decision="publier")
    _act(page, f"/fiches/{retenue}/moderation", "Enregistrer la décision", decision="retirer", motif=PHRASE)

    acteur = site.value("SELECT id FROM acteurs WHERE nature <> 'organisme' AND ferme_le IS NULL ORDER BY id")
    courriel = f"nouvel.agent.{suffixe}@exemple.fr"
    personne = {"prenom": "Ida", "nom": "Morel", "courriel": courriel}
    _act(page, f"/acteurs/{acteur}/agents/nouveau", "Inviter", **personne)
    _act(page, f"/acteurs/{acteur}/profil", "Enregistrer", adresse=f"12 rue {suffixe}")
    theme = site.value("SELECT code FROM themes WHERE code NOT IN (SELECT theme_code FROM competences)")
    ou = {"theme_code": theme, "territoire_code": "13" if javascript else "83"}
    _act(page, f"/acteurs/{acteur}/competences/nouvelle", "Ajouter", **ou)
    competence = site.value("SELECT max(id) FROM competences WHERE acteur_id = ?", acteur)
    _act(page, f"/acteurs/{acteur}/competences/{competence}/retrait", "Retirer")
    _act(page, "/themes/nouveau", "Enregistrer", libelle=f"Thème {suffixe}")
    _act(page, "/territoires/13-9312", "Enregistrer", nom=f"Une zone {suffixe}")


@pytest.mark.parametrize("javascript", [True, False], ids=["avec", "sans"])
def test_d_une_promotion_a_une_initiative(site: Site, open_page: Any, javascript: bool) -> None:
    page = sign_in(open_page(PHONE, javascript=javascript), "organisme@demo.example")
    organisme, nom = (
        site.value(
            f"SELECT o.{champ} FROM acteurs o JOIN appartenances a ON a.acteur_id = o.id"
            " JOIN comptes c ON c.id = a.compte_id WHERE c.courriel = 'organisme@demo.example'"
        )
        for champ in ("id", "nom")
    )
    jours = {"debut": "2041-01-07", "fin": "2041-06-28"}
    _act(
        page, f"/acteurs/{organisme}/promotions/nouvelle", "Ajouter",
        titre=f"Promotion {javascript}", commune="Marseille", effectif="12", **jours,
    )  # fmt: skip
    _act(
        page, "/initiatives/nouvelle", "Publier", titre=f"Un vélo pour venir {javascript}",
        description=PHRASE * 2, theme_code="transport", porteur=nom,
    )  # fmt: skip
    initiative = site.value("SELECT max(id) FROM initiatives")
    _act(page, f"/initiatives/{initiative}/nouvelles", "Publier", texte=PHRASE)
    _act(page, "/mon-compte/identite", "Enregistrer", prenom="Nadège", nom=f"Martin {javascript}")
