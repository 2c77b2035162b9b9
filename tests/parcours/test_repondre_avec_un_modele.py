"""The officer's morning: forty saisines answered from a template, a draft found again, a preview."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from devtools.axe import find_violations
from devtools.browser import DESKTOP, PHONE
from devtools.factories import make_acteur, make_agent, make_delegue, make_fiche, make_promotion, open_session
from devtools.site import PUBLISH, Site
from mse.annuaire.models import Nature
from mse.app import create_app
from mse.comptes.models import Compte
from mse.config import read_settings
from mse.extensions import db
from mse.redaction.use_cases.modeles import Contenu, creer_modele
from mse.redaction.workflow import Geste

pytestmark = pytest.mark.navigateur

QUARANTE = 40
MODELE = (
    "Merci d’avoir écrit. Nous avons lu « {titre} » et nous demandons au transporteur de changer l’horaire "
    "avant le {échéance}."
)


@pytest.fixture
def bureau(site: Site) -> Any:
    """`bureau(nombre)`: a new service with that many saisines to answer, and the cookie of its agent."""
    env = {
        "MSE_MODE": "demo",
        "MSE_URL": site.url,
        "MSE_INSTANCE": str(site.instance),
        "MSE_DATABASE_URL": "",
    }
    app = create_app(read_settings({**env, "MSE_ECRITURES": "1000"}))

    def ouvrir(nombre: int) -> tuple[dict[str, str], list[tuple[int, int]]]:
        with app.app_context():
            acteur = make_acteur("Service des quarante fiches")
            agent = make_agent(acteur, "Ada")
            promotion = make_promotion(make_acteur("Garrigue Formation", Nature.ORGANISME))
            samira = make_delegue(promotion, "Samira")
            saisines = [make_fiche(promotion, samira, acteur).saisines[0] for _fois in range(nombre)]
            contenu = Contenu(titre="Horaires", geste=Geste.REPONDRE, theme_code="transport", texte=MODELE)
            creer_modele(acteur, contenu, cle=f"modele-{acteur.id}", par=agent)
            return _sign_in(agent), [(saisine.fiche_id, saisine.id) for saisine in saisines]

    def _sign_in(agent: Compte) -> dict[str, str]:
        browser = app.test_client()
        with browser.session_transaction(base_url=site.url) as cookie:
            cookie["_user_id"], cookie["_fresh"] = open_session(agent), True
        name, value = next((c.key, c.value) for c in browser._cookies.values())
        return {"name": name, "value": value, "url": site.url}

    yield ouvrir
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def _open(page: Page, cookie: dict[str, str]) -> Page:
    page.context.add_cookies([cookie])  # type: ignore[list-item]
    return page


def test_quarante_reponses_a_deux_clics_chacune(site: Site, open_page: Any, bureau: Any) -> None:
    cookie, saisines = bureau(QUARANTE)
    page = _open(open_page(DESKTOP), cookie)
    page.goto("/mon-espace?liste=en-cours")
    page.get_by_role("main").get_by_role("heading", level=3).get_by_role("link").first.click()
    clics = 0
    for restent in range(QUARANTE, 0, -1):
        champ = page.get_by_label("Votre réponse aux délégué·es")
        expect(champ).to_have_value("")
        page.get_by_role("button", name="Horaires").click()
        expect(champ).not_to_have_value("")
        mot = "Publier et passer à la suivante" if restent > 1 else "Publier"
        page.get_by_role("button", name=mot, exact=True).click()
        clics += 2
        expect(page.get_by_text("Votre réponse est publiée.")).to_be_visible()
    assert clics <= 2 * QUARANTE
    ids = ", ".join(str(saisine) for _fiche, saisine in saisines)
    assert site.value(f"SELECT count(*) FROM saisines WHERE statut = 'reponse' AND id IN ({ids})") == QUARANTE
    assert site.value(f"SELECT count(*) FROM brouillons_reponse WHERE saisine_id IN ({ids})") == 0


@pytest.mark.parametrize("javascript", [True, False], ids=["avec-js", "sans-js"])
def test_un_brouillon_se_retrouve_et_s_apercoit(
    site: Site, open_page: Any, bureau: Any, javascript: bool
) -> None:
    cookie, [(fiche, saisine)] = bureau(1)
    page = _open(open_page(PHONE, javascript=javascript), cookie)
    adresse = f"/fiches/{fiche}/saisines/{saisine}/reponse"
    page.goto(adresse)
    champ = page.get_by_label("Votre réponse", exact=False)
    champ.fill("Bonjour à toutes et à tous.")
    page.get_by_role("button", name="Horaires").click()
    expect(champ).to_have_value(_starts("Bonjour à toutes et à tous.\n\nMerci d’avoir écrit. Nous avons lu"))
    if javascript:
        expect(page.get_by_text("Brouillon enregistré")).to_be_visible()
    else:
        page.get_by_role("button", name="Garder le brouillon").click()
        expect(page.get_by_text("Votre brouillon est gardé.")).to_be_visible()
    page.goto(adresse)  # leaving loses nothing and asks nothing
    expect(page.get_by_text("Votre brouillon est repris")).to_be_visible()
    expect(champ).to_have_value(_starts("Bonjour à toutes et à tous."))
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_role("button", name="Aperçu").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Relire avant de publier")
    expect(page.get_by_text("Objet").first).to_contain_text("Une réponse à votre fiche")
    if javascript:
        assert find_violations(page) == []
    page.get_by_role("button", name="Corriger").click()
    expect(champ).to_have_value(_starts("Bonjour à toutes et à tous."))
    page.get_by_role("button", name="Aperçu").click()
    page.get_by_role("button", name=PUBLISH).click()
    expect(page.get_by_text("Votre réponse est publiée.")).to_be_visible()
    assert site.value("SELECT count(*) FROM brouillons_reponse WHERE saisine_id = ?", saisine) == 0


def _starts(texte: str) -> re.Pattern[str]:
    return re.compile(rf"^{re.escape(texte)}")
