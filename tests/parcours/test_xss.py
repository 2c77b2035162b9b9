"""Hostile texts in every field, seen by every role with the CSP switched off: nothing executes."""

from typing import Any

import pytest
from playwright.sync_api import Browser
from sqlalchemy import select

from mse import create_app
from mse.comptes.models import Compte
from mse.config import read_settings
from mse.core.database import begin_deferred
from mse.extensions import db
from mse.fiches.use_cases import suivre, traiter
from mse.fiches.workflow import Valeur
from tests.core.test_html import HOSTILES
from tests.fabrique import LONGUE, build_monde, make_fiche
from tests.parcours.conftest import PASSWORD, Site

pytestmark = pytest.mark.navigateur

_MARK = "document.documentElement.dataset.xss = 1"
_ACTIVE = (
    "[...document.querySelectorAll('main *')].filter(e =>"
    " ['SCRIPT', 'IFRAME', 'OBJECT', 'EMBED', 'STYLE'].includes(e.tagName) || [...e.attributes].some(a =>"
    " a.name.startsWith('on') || /^\\s*javascript:/i.test(a.value))).map(e => e.outerHTML)"
)


def _poison(site: Site) -> tuple[int, dict[str, str]]:
    """A small world whose every text is hostile; who reads it, by role."""
    texte = "\n\n".join(payload.replace("alert(1)", _MARK) for payload in HOSTILES) + "\n\n" + LONGUE
    titre = "<img src=x onerror=alert(1)>\"'><svg/onload=alert(1)>"
    app = create_app(read_settings({"MSE_INSTANCE": str(site.instance), "MSE_URL": site.url}))
    with app.app_context():
        begin_deferred(False)  # beside the running worker
        monde = build_monde()
        monde.samira.prenom = monde.transports.nom = monde.promotion.titre = monde.lavande.nom = titre
        db.session.commit()
        parties = dict.fromkeys(("probleme", "causes", "consequences", "solution"), texte)
        fiche = make_fiche(monde.promotion, monde.samira, monde.transports, titre=titre, **parties)
        saisine = fiche.saisines[0]
        traiter.ajouter_etape(saisine, texte[:5000], par=monde.agent)
        traiter.repondre_saisine(saisine, texte, par=monde.agent)
        suivre.donner_avis(saisine, Valeur.NON, texte[:5000], par=monde.samira)
        suivre.demander_reouverture(saisine, texte[:5000], par=monde.samira)
        demo = db.session.scalars(select(Compte).where(Compte.courriel == "delegue@demo.example")).one()
        readers = {
            "delegue": monde.samira,
            "agent": monde.agent,
            "animation": monde.animatrice,
            "admin": monde.admin,
        }
        for compte in readers.values():
            compte.mot_de_passe = demo.mot_de_passe
        db.session.commit()
        return fiche.id, {role: compte.courriel for role, compte in readers.items()}


def test_rien_ne_s_execute(site: Site, navigateur: Browser) -> None:
    fiche, readers = _poison(site)
    acteur, saisine = (
        site.value(f"SELECT {champ} FROM saisines WHERE fiche_id = ?", fiche) for champ in ("acteur_id", "id")
    )
    gestes = {"delegue": ["avis"], "agent": ["decision", "reouverture"], "animation": [], "admin": []}
    for role, courriel in {"visiteur": "", **readers}.items():
        context = navigateur.new_context(base_url=site.url, bypass_csp=True)
        page: Any = context.new_page()
        page.on("dialog", lambda dialog: pytest.fail(f"executed: {dialog.message}"))
        if courriel:
            page.goto("/connexion")
            page.fill("input[name=courriel]", courriel)
            page.fill("input[type=password]", PASSWORD)
            page.click("main button[type=submit]")
            page.wait_for_url("**/mon-espace")
        urls = [
            "/",
            "/fiches",
            f"/fiches/{fiche}",
            "/acteurs",
            f"/acteurs/{acteur}",
            "/mon-espace",
            f"/fiches?acteur={acteur}",
        ]
        for url in urls + [f"/fiches/{fiche}/saisines/{saisine}/{geste}" for geste in gestes.get(role, [])]:
            page.goto(url)
            assert page.evaluate("document.documentElement.dataset.xss") is None, (role, url)
            assert page.evaluate(_ACTIVE) == [], (role, url)
        context.close()
