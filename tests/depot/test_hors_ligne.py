"""The offline page, the service worker that keeps it, and a fiche written without network."""

import re
from typing import Any

from sqlalchemy import func, select

from devtools.factories import Monde
from mse.extensions import db
from mse.fiches.models import Fiche

TEXTES = {
    "titre": "Pas de chauffage",
    "probleme": "Le chauffage est en panne depuis lundi.",
    "causes": "",
    "consequences": "Nous gardons\nnos manteaux.",
    "solution": "",
}


def test_la_page_hors_ligne_ne_dit_rien_d_un_compte(monde: Monde, as_: Any, client: Any) -> None:
    reponse = client.get("/hors-ligne")
    assert reponse.status_code == 200
    for page in (reponse.text, as_(monde.samira).get("/hors-ligne").text):
        assert "csrf_token" not in page
        assert "data-compte" not in page
        assert "Écrire une fiche sans réseau" in page


def test_le_service_worker_ne_garde_que_des_fichiers(client: Any) -> None:
    reponse = client.get("/sw.js")
    assert reponse.mimetype == "text/javascript"
    assert reponse.headers["Cache-Control"] == "no-cache"
    assert "worker-src 'self'" in reponse.headers["Content-Security-Policy"]
    assert "__" not in reponse.text
    files = re.findall(r'"(/static/[^"]+)"', reponse.text)
    assert len(files) >= 8
    assert {client.get(url).status_code for url in files} == {200}
    offline = client.get("/hors-ligne").text
    assert set(re.findall(r'(?:href|src)="(/static/[^"]+)"', offline)) - set(files) <= {
        url for url in re.findall(r'(?:href|src)="(/static/[^"]+)"', offline) if "icone" in url
    }


def test_un_module_importe_un_autre_par_son_adresse(client: Any) -> None:
    files = re.findall(r'"(/static/[^"]+)"', client.get("/sw.js").text)
    module = next(url for url in files if url.endswith("/hors-ligne.js"))
    assert f'from "{next(url for url in files if url.endswith("/appareil.js"))}"' in client.get(module).text


def test_le_site_s_installe(client: Any) -> None:
    reponse = client.get("/manifest.webmanifest")
    assert reponse.mimetype == "application/manifest+json"
    assert (reponse.json["lang"], reponse.json["display"]) == ("fr", "standalone")
    for icon in reponse.json["icons"]:
        assert client.get(icon["src"]).mimetype == "image/png"
    assert 'rel="manifest" href="/manifest.webmanifest"' in client.get("/").text


def test_une_fiche_ecrite_sans_reseau_devient_un_brouillon_une_fois(monde: Monde, as_: Any) -> None:
    samira = as_(monde.samira)
    envoi = {"theme_code": "transport", "cle": "c0ffee00-1111-4222-8333-444455556666", **TEXTES}
    premiere = samira.poster("/fiches/nouvelle", **envoi)
    assert premiere.status_code == 303
    fiche = db.session.scalars(select(Fiche).where(Fiche.titre == TEXTES["titre"])).one()
    assert (fiche.probleme, fiche.consequences) == (TEXTES["probleme"], TEXTES["consequences"])
    assert "manteaux" in samira.get(f"/fiches/{fiche.id}/brouillon/relecture").text
    samira.poster(f"/fiches/{fiche.id}/brouillon/causes", causes="La chaudière est vieille.")
    seconde = samira.poster("/fiches/nouvelle", **envoi)  # the answer to the first was lost
    assert seconde.location == premiere.location
    assert db.session.scalar(select(func.count()).where(Fiche.cle == envoi["cle"])) == 1
    db.session.refresh(fiche)
    assert fiche.causes == "La chaudière est vieille."


def test_un_texte_trop_long_ne_fait_pas_de_brouillon(monde: Monde, as_: Any) -> None:
    avant = db.session.scalar(select(func.count()).select_from(Fiche))
    trop = {**TEXTES, "probleme": "é" * 5001}
    page = as_(monde.samira).poster("/fiches/nouvelle", theme_code="transport", **trop)
    assert page.status_code == 422
    assert "é" * 5001 in page.text
    assert db.session.scalar(select(func.count()).select_from(Fiche)) == avant
