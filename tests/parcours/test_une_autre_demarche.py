"""An instance with another démarche file: a fiche is filed and answered with its vocabulary."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from importlib import resources
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from devtools.browser import DESKTOP, PHONE
from devtools.site import PUBLISH, Site, pass_similar, run_site, sign_in
from tests.parcours.test_une_fiche_entiere import REPONSE

pytestmark = pytest.mark.navigateur

FICHIER = str(resources.files("mse.demarche") / "val-de-marne.toml")
MOT_DE_PASSE = "cheval vert mange la lune"
TITRE = "Le guichet ferme avant la fin de l’accueil"
DITS_AILLEURS = re.compile(r"stagiaire|promotion|organisme|délégu|Provence", re.IGNORECASE)


def _compte(prenom: str, *role: str) -> list[str]:
    nom = ["--prenom", prenom, "--nom", "Essai", "--courriel", f"{prenom.lower()}@exemple.fr"]
    return ["creer-compte", *nom, *role, "--mot-de-passe-stdin"]


@pytest.fixture
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An instance set up as the guide says: démarche file, service, promotion, two people."""
    debut, fin = date.today() - timedelta(days=30), date.today() + timedelta(days=120)
    periode = ["--debut", f"{debut:%d/%m/%Y}", "--fin", f"{fin:%d/%m/%Y}", "--effectif", "12"]
    commandes = (
        ["migrer"],
        ["initialiser", "--demarche", FICHIER],
        ["creer-acteur", "--nom", "Direction de l’insertion", "--nature", "service", "--territoire", "94"],
        ["creer-competence", "--acteur", "1", "--theme", "accueil", "--territoire", "94028"],
        ["creer-acteur", "--nom", "Espace Créteil", "--nature", "organisme", "--commune", "94028"],
        [
            "creer-promotion",
            "--organisme",
            "2",
            "--titre",
            "Commission de Créteil",
            "--commune",
            "94028",
            *periode,
        ],
        _compte("Samira", "--delegue-de", "1"),
        _compte("Ada", "--agent-de", "1"),
    )
    with run_site(tmp_path_factory.mktemp("val-de-marne"), *commandes, texte=f"{MOT_DE_PASSE}\n") as site:
        yield site


def _continue(page: Page) -> None:
    page.get_by_role("button", name="Continuer").click()


def test_une_fiche_va_jusqu_au_bout_avec_les_mots_du_departement(site: Site, open_page: Any) -> None:
    telephone = sign_in(open_page(PHONE), "samira@exemple.fr", MOT_DE_PASSE)
    telephone.get_by_role("main").get_by_role("link", name="Déposer une fiche").first.click()
    telephone.get_by_text("Accueil", exact=True).last.click()
    _continue(telephone)
    telephone.get_by_label("Que se passe-t-il ?").fill("Le guichet ferme à 16 h, l’accueil finit à 17 h.")
    telephone.get_by_label("Un titre, en quelques mots").fill(TITRE)
    _continue(telephone)
    pass_similar(telephone)
    for texte in ("Les horaires ont changé.", "Six personnes repartent sans réponse.", "Fermer à 17 h.", "6"):
        telephone.locator("main textarea, main input[type=text], main input[type=number]").first.fill(texte)
        _continue(telephone)
    _continue(telephone)  # no attachment
    _continue(telephone)  # the competent service of Créteil is ticked
    telephone.get_by_role("button", name="Déposer la fiche").click()
    expect(telephone.get_by_role("heading", level=1)).to_have_text(TITRE)

    bureau = sign_in(open_page(DESKTOP, "dark"), "ada@exemple.fr", MOT_DE_PASSE)
    bureau.get_by_role("button", name="Prendre en charge").click()
    bureau.goto("/fiches/1")
    bureau.get_by_role("link", name="Répondre", exact=True).first.click()
    bureau.get_by_label("Votre réponse").fill(REPONSE)
    bureau.get_by_role("button", name=PUBLISH).click()

    telephone.goto("/mon-espace")
    telephone.get_by_role("link", name=TITRE).first.click()
    telephone.get_by_role("link", name="Oui", exact=True).click()
    telephone.get_by_role("button", name="Publier").click()

    visiteur = open_page(PHONE)
    visiteur.goto("/fiches/1")
    expect(visiteur.get_by_text("Créteil").first).to_be_visible()
    expect(visiteur.get_by_text("A répondu")).to_be_visible()
    for chemin in ("/", "/fiches", "/acteurs", "/a-propos", "/meteo", "/connexion", "/initiatives"):
        visiteur.goto(chemin)
        _check_words(visiteur)


def _check_words(page: Page) -> None:
    """Check that no word of another démarche appears, and that the colour is that of this one."""
    dit = page.locator("main").inner_text()
    assert not DITS_AILLEURS.findall(dit.replace(_origine(page), "")), dit
    assert page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--mer')") == "#7a1f4b"


def _origine(page: Page) -> str:
    """The sentence about the origin of the scheme, or an empty string."""
    phrase = page.get_by_text("à l’image de ce que font depuis 2004")
    return phrase.first.inner_text() if phrase.count() else ""
