"""Hostile texts in every field are never executed and widen no page, for any role, even without the CSP."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Dialog, Page

from devtools.browser import NARROW
from devtools.site import PASSWORD, Site
from tests.parcours.poison import TITRE, Poison, poison

pytestmark = pytest.mark.navigateur

ACTIVE = (
    "[...document.querySelectorAll('main *:not(script[src^=\"/static/\"])')].filter(e =>"
    " ['SCRIPT', 'IFRAME', 'OBJECT', 'EMBED', 'STYLE'].includes(e.tagName) || [...e.attributes].some(a =>"
    " a.name.startsWith('on') || /^\\s*javascript:/i.test(a.value))).map(e => e.outerHTML)"
)
LINKS = "[...document.querySelectorAll('main a[href]:not([download])')].map(a => a.pathname + a.search)"
PUBLIC = [
    "/",
    "/fiches",
    "/fiches?theme={p.theme}",
    "/fiches/{p.fiche}",
    "/initiatives",
    "/initiatives/{p.initiative}",
    "/meteo/05-9302",
    "/meteo/05-9302/expression",
    "/fiches/{p.retiree}",
    "/acteurs",
    "/acteurs?theme={p.theme}",
    "/acteurs/{p.acteur}",
    "/acteurs/{p.organisme}",
    "/fiches?acteur={p.acteur}",
    "/mon-espace",
    "/mon-compte",
    "/bienvenue",
]
PAGES = {
    "visiteur": [*PUBLIC, "/avis/{p.lien}", "/avis"],
    "delegue": [
        *PUBLIC,
        *(f"/fiches/{{p.brouillon}}/brouillon/{e}" for e in ("theme", "pieces", "relecture")),
    ],
    "agent": PUBLIC,
    "referent": PUBLIC,
    "destinataire": [
        *PUBLIC,
        *(
            f"/fiches/{{p.fiche}}/saisines/{{p.saisine}}/{e}"
            for e in ("reponse", "transfert", "transfert?q=img")
        ),
        "/fiches/{p.fiche}/elargissement",
    ],
    "organisme": [
        *PUBLIC,
        "/acteurs/{p.organisme}/gestion",
        "/acteurs/{p.organisme}/profil",
        "/acteurs/{p.organisme}/promotions",
        "/promotions/{p.promotion}",
        "/promotions/{p.promotion}/modifier",
        "/promotions/{p.promotion}/election/resultat",
        *(f"/promotions/{{p.a_elire}}/election{e}" for e in ("", "/documents", "/resultat", "/carence")),
        *(f"/promotions/{{p.promotion}}/election{e}" for e in ("", "/documents")),
        "/elections/{p.elections[0]}",
        "/elections/{p.elections[1]}",
    ],
    "animation": [
        *PUBLIC,
        "/fiches/{p.retenue}/moderation",
        "/fiches/{p.retiree}/retablissement",
        "/fiches/{p.fiche}/orientation",
        "/fiches/{p.fiche}/etapes/{p.etape}/masquage",
        "/acteurs/{p.acteur}/gestion",
        "/acteurs/{p.acteur}/profil",
        "/acteurs/{p.acteur}/fermeture",
        "/acteurs/{p.acteur}/fermeture",
        "/acteurs/{p.acteur}/competences/nouvelle",
        "/acteurs/sans-compte",
        "/acteurs/nouveau",
        "/invitations",
        "/themes",
        "/themes/{p.theme}",
        "/themes/nouveau",
        "/territoires",
        "/territoires/05-9302",
        "/comptes",
        "/comptes?q=img",
        "/importer/personnes",
    ],
    "admin": [*PUBLIC, "/comptes", "/comptes?etat=invite", "/comptes/nouveau"],
}


@pytest.fixture(scope="module")
def hostile(site: Site) -> Poison:
    return poison(site)


@pytest.fixture
def page(site: Site, navigateur: Browser) -> Iterator[Page]:
    context = navigateur.new_context(base_url=site.url, bypass_csp=True, viewport=NARROW)
    page = context.new_page()
    page.on("dialog", _fail)
    yield page
    context.close()


@pytest.mark.parametrize("role", PAGES)
def test_rien_ne_s_execute(role: str, hostile: Poison, page: Page) -> None:
    """Open the pages of a role and every page that the pages about the hostile objects link to."""
    if role in hostile.lecteurs:
        _sign_in(page, hostile.lecteurs[role])
    todo = [modele.format(p=hostile) for modele in PAGES[role]]
    about_them, seen = {modele.format(p=hostile) for modele in PAGES[role] if "{p." in modele}, set()
    wide = {}
    while todo:
        url = todo.pop(0)
        seen.add(url)
        page.goto(url)
        _is_harmless(page, (role, url))
        if (width := page.evaluate("document.documentElement.scrollWidth")) > NARROW["width"]:
            wide[url] = width
        if url in about_them:
            todo += [lien for lien in page.evaluate(LINKS) if _leads_on(lien) and lien not in (*seen, *todo)]
    assert wide == {}
    assert any(f"/fiches/{hostile.fiche}" in url for url in seen)


@pytest.mark.parametrize(
    ("sorte", "lignes"),
    [
        (
            "personnes",
            "prénom;nom;courriel;rôle;acteur;promotion;début\n{t};{t};{c};{t};{t};{t};{t}\n{t};{t};x@exemple.fr;agent;{t};;",
        ),
        ("promotions", "titre;commune;début;fin;effectif;organisme\n{t};{t};{t};{t};{t};{t}"),
    ],
    ids=["personnes", "promotions"],
)
def test_un_fichier_hostile_se_relit_sans_danger(
    sorte: str, lignes: str, hostile: Poison, page: Page
) -> None:
    _sign_in(page, hostile.lecteurs["animation"])
    page.goto(f"/importer/{sorte}")
    cellule = '"' + TITRE.replace('"', '""') + '"'
    page.fill("textarea[name=texte]", lignes.format(t=cellule, c=cellule))
    page.click("main form button[type=submit]")
    assert page.get_by_text("onerror=alert(1)").count() > 0
    _is_harmless(page, (sorte, "revue"))


def _sign_in(page: Page, courriel: str) -> None:
    page.goto("/connexion")
    page.fill("input[name=courriel]", courriel)
    page.fill("input[type=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/mon-espace")


def _fail(dialog: Dialog) -> None:
    pytest.fail(f"executed: {dialog.message}")


def _is_harmless(page: Page, ou: tuple[str, str]) -> None:
    assert page.evaluate("document.documentElement.dataset.xss") is None, ou
    assert page.evaluate(ACTIVE) == [], ou


def _leads_on(lien: str) -> bool:
    """True if the link is worth opening: no filtered list, no file, no code page."""
    return "?" not in lien and not re.search(r"\.csv|/pieces/\d|/code/", lien)
