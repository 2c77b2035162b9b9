"""The open API gives what the public pages show, and nothing else."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from devtools.factories import (
    LONGUE,
    Monde,
    make_acteur,
    make_delegue,
    make_fiche,
    make_initiative,
    make_promotion,
)
from mse.annuaire.models import Nature
from mse.core.cache import clear_caches
from mse.doublons.use_cases.reunir import reunir
from mse.extensions import db
from mse.fiches.models import Etape
from mse.fiches.use_cases.traiter import repondre_saisine
from mse.fiches.workflow import NatureEtape
from mse.meteo.use_cases.chiffres import actualiser
from mse.moderation.use_cases import masquer_etape, retirer_fiche
from mse.ouverture import limite
from tests.adresses import SECRETS, make_adresses
from tests.masquage.passages import masquer

LISTES = ("fiches", "reponses", "acteurs", "themes", "territoires", "initiatives")


def _read(client: Any, chemin: str) -> Any:
    response = client.get(f"/api/v1{chemin}")
    assert response.status_code == 200, response.text
    return json.loads(response.text)


def test_une_fiche_et_sa_reponse(client: Any, monde: Monde) -> None:
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    [une] = _read(client, "/fiches")["donnees"]
    entiere = _read(client, f"/fiches/{une['id']}")
    assert entiere.items() >= une.items()
    assert une["adresse"].endswith(f"/fiches/{monde.fiche.id}")
    assert une["promotion"] == "«\u202fAgent de cuisine\u202f», Lavande Formation"
    assert une["personnes_concernees"] == 6
    assert une["deposee_le"].endswith("Z")
    assert [saisine["statut"] for saisine in une["saisines"]] == ["reponse"]
    [reponse] = _read(client, "/reponses")["donnees"]
    assert reponse["texte"] == LONGUE
    assert reponse["fiche"] == une["id"]
    assert reponse["acteur"]["nom"] == "Service Cars régionaux"
    assert reponse["texte"] in [etape["texte"] for etape in entiere["etapes"]]


def test_un_texte_masque_dit_qu_il_a_change(client: Any, monde: Monde) -> None:
    repondre_saisine(monde.saisine, f"CANARI-MASQUE {LONGUE}", par=monde.agent)
    etape = db.session.query(Etape).filter_by(nature=NatureEtape.REPONSE).one()
    masquer_etape(etape, "Cette réponse nommait une personne.", par=monde.animatrice)
    for chemin in ("/reponses", f"/fiches/{monde.fiche.id}"):
        assert "CANARI" not in client.get(f"/api/v1{chemin}").text
    [reponse] = _read(client, "/reponses")["donnees"]
    assert reponse["texte"] is None
    assert reponse["masque"]["motif"] == "Cette réponse nommait une personne."


def test_un_passage_masque_quitte_l_interface(client: Any, monde: Monde) -> None:
    repondre_saisine(monde.saisine, f"Karim Canari a dit non. {LONGUE}", par=monde.agent)
    masquer(monde, monde.fiche, "Karim Canari")
    for chemin in ("/reponses", f"/fiches/{monde.fiche.id}"):
        assert "Canari" not in client.get(f"/api/v1{chemin}").text
    [reponse] = _read(client, "/reponses")["donnees"]
    assert reponse["texte"].startswith("[passage masqué] a dit non.")
    assert reponse["corrige_le"] is not None


def test_une_petite_promotion_et_un_petit_nombre_ne_se_disent_pas(client: Any, monde: Monde) -> None:
    petite = make_promotion(monde.lavande, "CANARI-TITRE", effectif=4)
    fiche = make_fiche(petite, make_delegue(petite, "Ines"), monde.transports, effectif_concerne=3)
    lue = _read(client, f"/fiches/{fiche.id}")
    assert lue["promotion"] == "une promotion de Lavande Formation"
    assert lue["personnes_concernees"] is None
    make_initiative(petite, monde.animatrice)
    [initiative] = _read(client, "/initiatives")["donnees"]
    assert initiative["porteurs"] == ["une promotion de Lavande Formation"]
    assert initiative["nombre_participants"] is None
    assert _read(client, f"/initiatives/{initiative['id']}").items() >= initiative.items()


def test_une_fiche_retiree_disparait(client: Any, monde: Monde) -> None:
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    retirer_fiche(monde.fiche, "Elle nommait une personne de l’organisme.", par=monde.animatrice)
    gone = client.get(f"/api/v1/fiches/{monde.fiche.id}")
    assert (gone.status_code, gone.mimetype) == (410, "application/problem+json")
    assert _read(client, "/fiches")["donnees"] == _read(client, "/reponses")["donnees"] == []


def test_une_fiche_reunie_mene_a_la_principale(client: Any, monde: Monde) -> None:
    autre = make_fiche(monde.autre_promotion, monde.lea, monde.transports)
    reunir(autre.id, monde.fiche.id, par=monde.animatrice)
    lue = _read(client, f"/fiches/{autre.id}")
    assert lue["reunie_a"]["id"] == monde.fiche.id
    assert [une["id"] for une in _read(client, "/fiches")["donnees"]] == [monde.fiche.id]


def test_les_canaris_ne_sortent_pas(app: Flask, monde: Monde, as_: Any) -> None:
    adresses = make_adresses(monde)
    personnes = [monde.samira, monde.karim, monde.agent, monde.animatrice]
    prives = [
        *SECRETS.values(),
        *filter(None, (une.courriel for une in personnes)),
        monde.transports.courriel,
    ]
    chemins = [f"/{liste}" for liste in LISTES]
    for nom in ("fiches", "initiatives", "acteurs"):
        chemins += [f"/{nom}/{numero}" for numero in range(1, 12)]
    for personne in (None, monde.samira, monde.agent, monde.animatrice, monde.admin):
        clear_caches()
        browser = as_(personne)
        lus = "".join(browser.get(f"/api/v1{chemin}").text for chemin in chemins)
        assert monde.fiche.titre in lus
        assert [prive for prive in prives if prive in lus] == []
        assert browser.get(f"/api/v1/fiches/{adresses['brouillon']}").status_code == 404
        assert browser.get(f"/api/v1/fiches/{adresses['retenue']}").status_code == 404


def test_les_pages_se_suivent(client: Any, monde: Monde) -> None:
    for _numero in range(26):
        make_fiche(monde.promotion, monde.samira, monde.transports)
        make_acteur("Garrigue Formation", Nature.ORGANISME)
    for liste, total in (("fiches", 27), ("acteurs", 30)):
        response = client.get(f"/api/v1/{liste}?limite=25")
        page = json.loads(response.text)
        assert response.headers["Link"] == f'<{page["suivante"]}>; rel="next"'
        suite = json.loads(client.get(page["suivante"].partition("127.0.0.1:8000")[2]).text)
        assert suite["suivante"] is None
        lus = [une["id"] for une in page["donnees"] + suite["donnees"]]
        assert len(page["donnees"]) == 25
        assert len(set(lus)) == len(lus) == total


def test_les_filtres(client: Any, monde: Monde) -> None:
    hier = date.today() - timedelta(days=3)
    for filtre, nombre in (
        ("theme=transport&territoire=13&statut=en_cours", 1),
        ("theme=sante", 0),
        (f"acteur={monde.remuneration.id}", 0),
        (f"au={hier}", 0),
    ):
        assert len(_read(client, f"/fiches?{filtre}")["donnees"]) == nombre, filtre
    assert [un["nature"] for un in _read(client, "/acteurs?nature=organisme")["donnees"]] == ["organisme"] * 2
    assert client.get("/api/v1/fiches?theme=rien").status_code == 404


def test_rien_n_est_transmis_tant_que_rien_n_a_change(client: Any, monde: Monde) -> None:
    etag = client.get("/api/v1/fiches").headers["ETag"]
    again = client.get("/api/v1/fiches", headers={"If-None-Match": etag})
    assert (again.status_code, again.text) == (304, "")
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    assert client.get("/api/v1/fiches", headers={"If-None-Match": etag}).status_code == 200


def test_un_autre_site_lit_sans_cookie(client: Any, monde: Monde) -> None:
    for method in (client.get, client.head, client.options):
        headers = method("/api/v1/fiches").headers
        assert headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in headers
        assert "Set-Cookie" not in headers
    assert client.options("/api/v1/fiches").headers["Access-Control-Allow-Methods"] == "GET, HEAD"
    assert client.head("/api/v1/fiches").text == ""
    assert "Access-Control-Allow-Origin" not in client.get("/fiches").headers


@pytest.mark.parametrize(
    ("suite", "status"),
    [
        ("fiches?curseur=%00", 400),
        ("fiches?curseur=1-1%0A", 400),
        ("fiches?curseur=9999999999999999999999-1", 400),
        ("fiches?limite=1000000000", 400),
        ("fiches?limite=%F0%9F%98%80", 400),
        ("fiches?theme=%ED%A0%80", 400),
        ("fiches?theme=transport&theme=sante", 400),
        ("fiches?du=2026-02-30", 400),
        ("fiches?acteur=99999999999", 400),
        ("fiches?inconnu=1", 400),
        ("acteurs?curseur=2147483647", 404),
        ("fiches/99999999999999999999", 404),
        ("meteo/%00", 404),
        ("rien", 404),
    ],
)
def test_une_mauvaise_demande_recoit_une_phrase(client: Any, monde: Monde, suite: str, status: int) -> None:
    response = client.get(f"/api/v1/{suite}")
    assert (response.status_code, response.mimetype) == (status, "application/problem+json")
    assert json.loads(response.text)["detail"].endswith(".")


def test_ni_autre_methode_ni_autre_format(client: Any, monde: Monde) -> None:
    refused = client.post("/api/v1/fiches")
    assert (refused.status_code, refused.mimetype) == (405, "application/problem+json")
    assert "GET" in refused.headers["Allow"]
    assert client.get("/api/v1/fiches", headers={"Accept": "text/html"}).status_code == 406
    assert client.get("/api/v1/fiches", headers={"Accept": "*/*"}).status_code == 200


def test_trop_de_demandes_en_une_minute(client: Any, monde: Monde, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limite.time, "monotonic", lambda: 90.0)
    limites = [client.get("/api/v1/themes").status_code for _numero in range(121)]
    assert limites[-2:] == [200, 429]
    refused = client.get("/api/v1/themes")
    assert refused.headers["Retry-After"] == "30"
    assert "Attendez 30 secondes" in json.loads(refused.text)["detail"]
    monkeypatch.setattr(limite.time, "monotonic", lambda: 120.0)
    assert client.get("/api/v1/themes").status_code == 200


def test_la_meteo(client: Any, monde: Monde) -> None:
    actualiser()
    db.session.rollback()
    page, ouverte = json.loads(client.get("/meteo/13.json").text), _read(client, "/meteo/13")
    assert {nom: ouverte[nom] for nom in page} == page
    assert _read(client, "/meteo")["territoires"][0]["code"] == "93"
    assert client.get("/api/v1/meteo?le=2005-01-01").status_code in (400, 404)


@pytest.mark.parametrize("nombre", [1, 25])
def test_le_nombre_de_requetes_ne_depend_pas_des_lignes(client: Any, monde: Monde, nombre: int) -> None:
    from sqlalchemy import event

    for _numero in range(nombre - 1):
        make_fiche(monde.promotion, monde.samira, monde.transports)
    statements: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *a: statements.append(a[2]))
    _read(client, "/fiches")
    assert len(statements) <= 5
