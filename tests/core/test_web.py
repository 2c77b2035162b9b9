"""Headers of every response, and the typed text kept when a request is refused."""

import sqlite3
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from devtools.factories import LONGUE, Monde, hidden_fields, make_brouillon
from mse.comptes.password_hashing import release_and_hash
from mse.extensions import db
from mse.fiches.models import Etape, Fiche
from mse.fiches.use_cases import traiter
from mse.fiches.workflow import Statut


@pytest.fixture
def reponse_url(monde: Monde) -> str:
    return f"/fiches/{monde.fiche.id}/saisines/{monde.saisine.id}/reponse"


def _etapes() -> int:
    return db.session.scalar(select(func.count()).select_from(Etape)) or 0


def test_une_erreur_500_est_sobre_et_porte_les_en_tetes(
    app: Flask, client: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def explode() -> None:
        raise ZeroDivisionError("secret interne")

    monkeypatch.setitem(app.view_functions, "accueil.a_propos", explode)
    explode.droit = app.view_functions["accueil.accueil"].droit  # type: ignore[attr-defined]
    monkeypatch.setitem(app.config, "TESTING", False)
    response = client.get("/a-propos")
    assert response.status_code == 500
    assert "secret interne" not in response.text
    assert "Traceback" not in response.text
    assert "breakdown in accueil.a_propos [GET]" in caplog.text
    assert "/a-propos" not in caplog.text  # a URL may hold a token
    assert "Content-Security-Policy" in response.headers


def test_une_vue_sans_regle_ne_repond_a_personne(
    app: Flask, client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.view_functions, "accueil.a_propos", lambda: "ouvert")
    assert client.get("/a-propos").status_code == 403


def test_un_autre_nom_d_hote_est_refuse(client: Any) -> None:
    assert client.get("/", headers={"Host": "pirate.example"}).status_code == 400


def test_les_pages_publiques_sont_comprimees_sauf_celles_qui_montrent_un_jeton(
    as_: Any, monde: Monde
) -> None:
    gzip = {"Accept-Encoding": "gzip"}
    assert as_(None).get("/fiches", headers=gzip).headers.get("Content-Encoding") == "gzip"
    assert "Content-Encoding" not in as_(None).get("/connexion", headers=gzip).headers
    signed_in = as_(monde.samira).get("/fiches", headers=gzip)
    assert "Content-Encoding" not in signed_in.headers
    assert signed_in.headers["Cache-Control"] == "no-store"


def test_une_visiteuse_ne_recoit_pas_de_cookie(client: Any, monde: Monde) -> None:
    for url in ("/", "/fiches", f"/fiches/{monde.fiche.id}", "/acteurs", "/a-propos"):
        assert "Set-Cookie" not in client.get(url).headers, url


def test_la_session_finie_le_texte_revient_apres_connexion_et_rien_n_est_envoye(
    app: Flask, as_: Any, monde: Monde, reponse_url: str
) -> None:
    monde.agent.mot_de_passe = release_and_hash("un mot de passe assez long")
    db.session.commit()
    avant, browser = _etapes(), as_(None)
    response = browser.post(reponse_url, data={"texte": LONGUE, "csrf_token": "perime"})
    assert response.status_code == 401
    cachees = hidden_fields(response.text)
    assert cachees["repris-texte"] == LONGUE
    response = browser.post(
        "/connexion",
        data={**cachees, "courriel": monde.agent.courriel, "mot_de_passe": "un mot de passe assez long"},
    )
    assert response.status_code == 200
    assert LONGUE in response.text
    assert f'action="{reponse_url}"' in response.text
    assert _etapes() == avant
    assert monde.saisine.statut == Statut.EN_COURS
    cachees = hidden_fields(response.text)
    assert browser.post(reponse_url, data={**cachees, "texte": LONGUE}).status_code == 303
    assert monde.saisine.statut == Statut.REPONSE


def test_connectee_entre_temps_dans_une_autre_fenetre_le_texte_revient(
    as_: Any, monde: Monde, reponse_url: str
) -> None:
    response = as_(monde.agent).post(
        "/connexion", data={"csrf_token": "perime", "repris_url": reponse_url, "repris-texte": LONGUE}
    )
    assert LONGUE in response.text
    assert f'action="{reponse_url}"' in response.text
    assert monde.saisine.statut == Statut.EN_COURS


def test_un_jeton_perime_rend_le_formulaire_rempli(as_: Any, monde: Monde, reponse_url: str) -> None:
    response = as_(monde.agent).post(reponse_url, data={"texte": LONGUE, "csrf_token": "perime"})
    assert response.status_code == 400
    assert LONGUE in response.text
    assert "Votre connexion a changé depuis l’ouverture de cette page" in response.text
    assert monde.saisine.statut == Statut.EN_COURS


def test_sur_une_page_ouverte_a_tous_la_session_finie_se_dit(as_: Any) -> None:
    response = as_(None).post("/meteo/bulletins/abonnement", data={"courriel": "lea@exemple.fr"})
    assert response.status_code == 400
    assert "Votre session est terminée, ou cette page est trop ancienne" in response.text
    assert 'value="lea@exemple.fr"' in response.text


def test_un_jeton_perime_n_ouvre_rien_a_qui_n_a_pas_le_droit(
    as_: Any, monde: Monde, reponse_url: str
) -> None:
    for personne, attendu in ((monde.lea, 403), (None, 401)):
        assert as_(personne).post(reponse_url, data={"texte": LONGUE}).status_code == attendu
    autre = make_brouillon(monde.promotion, monde.samira)
    assert (
        as_(monde.lea).post(f"/fiches/{autre.id}/brouillon/causes", data={"causes": "x"}).status_code == 404
    )


def test_un_geste_sans_texte_repris_ne_s_execute_pas(as_: Any, monde: Monde) -> None:
    url = f"/fiches/{monde.fiche.id}/saisines/{monde.saisine.id}/prise-en-charge"
    assert as_(monde.agent).post(url, data={"csrf_token": "perime"}).status_code == 400
    assert monde.saisine.prise_en_charge_le is None


def test_deux_agents_le_second_lit_ce_qui_a_change_et_garde_son_texte(
    as_: Any, monde: Monde, reponse_url: str
) -> None:
    seconde = as_(monde.referent)
    page = seconde.get(reponse_url).text
    cachees = hidden_fields(page)
    traiter.ajouter_etape(monde.saisine, "Nous avons appelé le transporteur.", par=monde.agent)
    traiter.prendre_en_charge(monde.saisine, par=monde.agent)
    response = seconde.post(reponse_url, data={**cachees, "texte": LONGUE})
    assert response.status_code == 409
    assert "A pris la fiche en charge" in response.text
    assert LONGUE in response.text
    cachees = hidden_fields(response.text)
    assert seconde.post(reponse_url, data={**cachees, "texte": LONGUE}).status_code == 303


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)  # SQLite locks the whole file
def test_la_base_occupee_le_texte_est_garde(app: Flask, as_: Any, monde: Monde, reponse_url: str) -> None:
    browser = as_(monde.agent)
    cachees = hidden_fields(browser.get(reponse_url).text)
    autre = sqlite3.connect(Path(app.instance_path) / "mse.db", isolation_level=None)
    autre.execute("BEGIN IMMEDIATE")
    try:
        response = browser.post(reponse_url, data={**cachees, "texte": LONGUE})
    finally:
        autre.execute("ROLLBACK")
        autre.close()
    assert response.status_code == 503
    assert LONGUE in response.text
    assert browser.post(reponse_url, data={**cachees, "texte": LONGUE}).status_code == 303


@pytest.mark.parametrize(
    "texte",
    [
        "\x00" * 3,
        "\ud800 seule",
        "😀" * 30,
        "\u202etxet",
        "x" * 1_000_000,
        "مرحبا بكم",
        "'; DROP TABLE fiches; --",
    ],
    ids=["nul", "demi", "emoji", "droite-a-gauche", "un-mega", "arabe", "sql"],
)
def test_un_texte_hostile_recoit_une_phrase_ou_s_enregistre(as_: Any, monde: Monde, texte: str) -> None:
    fiche = make_brouillon(monde.promotion, monde.samira)
    url = f"/fiches/{fiche.id}/brouillon/causes"
    octets = texte.encode("utf-8", "surrogatepass")
    browser = as_(monde.samira)
    cachees = hidden_fields(browser.get(url).text)
    response = browser.post(url, data={**cachees, "causes": octets})
    assert response.status_code in (303, 422)
    if len(texte) > 5000:
        assert "1000000" in response.text
        assert texte in response.text


@pytest.mark.parametrize(
    "url",
    [
        "/fiches/99999999999999999999",
        "/fiches/0",
        "/fiches/-1",
        "/fiches/1e3",
        "/fiches?avant=99999999999999999-1",
        "/fiches?avant=1-",
        "/fiches?theme=%00",
        "/fiches?territoire=zz",
        "/fiches?acteur=abc",
        "/fiches?acteur=99999999999",
        "/fiches?avant=1700000000000000-9999999999",
        "/acteurs?apres=9999999999",
        "/acteurs/1/gestion?avant=9999999999",
        "/acteurs/3/promotions?apres=2026-01-01.9999999999",
        "/comptes?apres=9999999999",
        "/invitations?apres=9999999999",
        "/mon-espace?apres=2026-01-01.9999999999",
        "/fiches?du=2026-13-45",
        "/fiches?du=0001-01-01&au=9999-12-31",
        "/fiches?statut=%ff%fe",
        "/acteurs?theme=%00",
        "/acteurs/99999999999",
        "/acteurs?nom=%00%ff",
        "/mon-espace?liste=zz",
        "/mon-espace?liste=a-faire&apres=zz.zz",
        "/connexion?next=//pirate.example",
        "/static/x/../../config.py",
        "/fiches/1/brouillon/zz",
        "/%00",
        "/fiches/1-%00",
    ],
)
def test_une_adresse_impossible_recoit_une_phrase(as_: Any, monde: Monde, url: str) -> None:
    for personne in (None, monde.referent, monde.animatrice):
        response = as_(personne).get(url)
        assert response.status_code < 500, url
        assert "Traceback" not in response.text


def test_les_coups_d_un_attaquant_recoivent_une_page(as_: Any, monde: Monde) -> None:
    browser = as_(monde.agent)
    token = hidden_fields(browser.get("/affichage").text)["csrf_token"]
    for champs in ({"csrf_token": token, "repris_url": "/connexion"}, {"repris_url": "/connexion?x"}):
        assert browser.post("/connexion", data=champs).status_code < 500
    for url in ("/fiches?endpoint=x", "/fiches?_method=FOO", "/acteurs/1?avant=1-1&acteur_id=abc"):
        assert browser.get(url).status_code < 500, url
    fichier = {"csrf_token": token, "prenom": (BytesIO(b"x"), "f.txt"), "nom": "Fictif"}
    assert browser.post("/mon-compte/identite", data=fichier).status_code < 500
    assert browser.get("/", headers={"Cookie": 'remember_token="a|\\303\\251"'}).status_code == 200
    assert browser.post("/connexion", data={"a": ["x"] * 1000}).status_code == 413
    ailleurs = {"Sec-Fetch-Site": "cross-site"}
    response = as_(None).post("/mon-compte/identite", data={"prenom": "Piège"}, headers=ailleurs)
    assert response.status_code == 403
    assert "Piège" not in response.text
    assert "Set-Cookie" not in response.headers


def test_un_envoi_trop_lourd_est_refuse_avec_une_phrase(as_: Any, monde: Monde, reponse_url: str) -> None:
    response = as_(monde.agent).post(reponse_url, data={"texte": "x" * 3_000_000})
    assert response.status_code == 413
    assert "trop lourd" in response.text


def test_un_get_n_ecrit_rien(app: Flask, as_: Any, monde: Monde) -> None:
    from mse.core.database import READ_ONLY

    db.session().info[READ_ONLY] = True
    try:
        with pytest.raises(RuntimeError, match="may only read"):
            traiter.prendre_en_charge(monde.saisine, par=monde.agent)
    finally:
        del db.session().info[READ_ONLY]


def test_un_double_clic_ne_depose_qu_une_fiche(as_: Any, monde: Monde) -> None:
    fiche = make_brouillon(monde.promotion, monde.samira)
    url, browser = f"/fiches/{fiche.id}/brouillon/relecture", as_(monde.samira)
    cachees = hidden_fields(browser.get(url).text)
    avant = db.session.scalar(select(func.count()).select_from(Fiche))
    assert [browser.post(url, data=cachees).status_code for _clic in range(2)] == [303, 303]
    assert db.session.scalar(select(func.count()).select_from(Fiche)) == avant
    assert len(fiche.saisines) == 1
