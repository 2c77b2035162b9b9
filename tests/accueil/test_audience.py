"""Audience counters without personal data."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from devtools.factories import Monde
from mse.accueil.models import JourAudience
from mse.accueil.passages import Compteur, Nombres
from mse.accueil.queries import read_audience
from mse.accueil.use_cases import noter_audience
from mse.core.clock import today
from mse.extensions import db

NAVIGATEUR = {"Sec-Fetch-Dest": "document", "Sec-Fetch-Mode": "navigate"}
D_AILLEURS, D_ICI = {"Sec-Fetch-Site": "none"}, {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def compteur(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Compteur:
    compteur = Compteur(rythme=0)
    monkeypatch.setitem(app.extensions, "audience", compteur)
    return compteur


def compte() -> tuple[int, int]:
    db.session.rollback()
    jour = db.session.scalars(select(JourAudience)).one_or_none()
    return (jour.pages, jour.visites) if jour else (0, 0)


def test_une_visite_est_une_page_ouverte_depuis_ailleurs(client: Any, compteur: Compteur) -> None:
    client.get("/", headers=NAVIGATEUR | D_AILLEURS)
    assert compte() == (1, 1)
    client.get("/fiches", headers=NAVIGATEUR | D_ICI)
    client.get("/meteo", headers=NAVIGATEUR | {"Sec-Fetch-Site": "cross-site"})
    assert compte() == (3, 2)


def test_ce_qui_n_est_pas_une_page_ouverte_ne_compte_pas(client: Any, compteur: Compteur) -> None:
    client.get("/")  # no browser headers
    client.get("/", headers=NAVIGATEUR | D_AILLEURS | {"Sec-Purpose": "prefetch"})
    client.get("/meteo.json", headers=NAVIGATEUR | D_AILLEURS)
    client.get("/inconnue", headers=NAVIGATEUR | D_AILLEURS)
    client.post("/connexion", headers=NAVIGATEUR | D_AILLEURS)
    assert compte() == (0, 0)


def test_rien_ne_s_ecrit_a_chaque_page(client: Any, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    compteur = Compteur()
    monkeypatch.setitem(app.extensions, "audience", compteur)
    for _fois in range(5):
        client.get("/", headers=NAVIGATEUR | D_AILLEURS)
    assert compte() == (0, 0)
    compteur._rythme = 0
    client.get("/", headers=NAVIGATEUR | D_ICI)
    assert compte() == (6, 5)


def test_aucun_cookie_et_rien_de_la_personne(client: Any, compteur: Compteur) -> None:
    page = client.get("/", headers=NAVIGATEUR | D_AILLEURS, environ_base={"REMOTE_ADDR": "198.51.100.7"})
    assert "Set-Cookie" not in page.headers
    assert set(JourAudience.__table__.columns.keys()) == {"jour", "pages", "visites"}


def test_deux_processus_ajoutent_leurs_comptes(app: Flask) -> None:
    veille = today() - timedelta(days=1)
    noter_audience({veille: Nombres(3, 1), today(): Nombres(2, 2)})
    noter_audience({today(): Nombres(5, 1)})
    assert [(j.jour, j.pages, j.visites) for j in read_audience(le=today()).jours] == [
        (today(), 7, 3),
        (veille, 3, 1),
    ]


def test_ce_qui_n_a_pas_pu_s_ecrire_s_ecrit_plus_tard() -> None:
    compteur, jour = Compteur(rythme=0), date(2026, 3, 2)
    pris = compteur.compter(jour, visite=True)
    compteur.rendre(pris)
    assert compteur.compter(jour, visite=False)[jour] == Nombres(2, 1)


@pytest.mark.usefixtures("jour")
def test_les_mois_font_la_somme_des_jours(app: Flask, monde: Monde, as_: Any) -> None:
    le = date(2026, 3, 2)
    noter_audience({le: Nombres(10, 4), date(2026, 2, 28): Nombres(5, 2), date(2026, 2, 1): Nombres(1, 1)})
    noter_audience({date(2024, 12, 31): Nombres(9, 9)})
    audience = read_audience(le=le)
    assert audience.mois == [(date(2026, 3, 1), 10, 4), (date(2026, 2, 1), 6, 3)]
    page = as_(monde.animatrice).get("/audience").text
    assert "février 2026" in page
