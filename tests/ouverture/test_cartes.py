"""A card that other sites embed: no cookie, no form, no script."""

import re
from typing import Any

import pytest

from devtools.factories import LONGUE, Monde, make_fiche
from mse.core.cache import clear_caches
from mse.doublons.use_cases.reunir import reunir
from mse.extensions import db
from mse.fiches.use_cases.traiter import repondre_saisine
from mse.meteo.use_cases.chiffres import actualiser
from mse.moderation.use_cases import retirer_fiche
from tests.adresses import SECRETS, make_adresses


def _read(client: Any, chemin: str, status: int = 200) -> str:
    response = client.get(f"/carte/{chemin}")
    assert response.status_code == status
    assert "X-Frame-Options" not in response.headers
    assert "frame-ancestors *" in response.headers["Content-Security-Policy"]
    assert "script-src" not in response.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in response.headers
    assert not re.search("<(form|script|input|button)", response.text)
    return str(response.text)


def test_la_carte_d_une_fiche_suit_sa_reponse(client: Any, monde: Monde) -> None:
    carte = _read(client, f"fiches/{monde.fiche.id}")
    assert monde.fiche.titre in carte
    assert "En cours" in carte
    assert "Service Cars régionaux" in carte
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    assert "Répondue" in _read(client, f"fiches/{monde.fiche.id}")
    assert monde.fiche.titre in _read(client, "themes/transport")
    assert "Aucune fiche" in _read(client, "themes/sante")


def test_la_carte_de_la_meteo(client: Any, monde: Monde) -> None:
    assert "pas encore comptés" in _read(client, "meteo")
    actualiser()
    db.session.rollback()
    clear_caches()
    assert "Provence-Alpes-Côte d’Azur" in _read(client, "meteo")


def test_une_carte_dit_qu_une_fiche_n_est_plus_la(client: Any, monde: Monde) -> None:
    adresses = make_adresses(monde)
    for nom, status in (("brouillon", 404), ("retenue", 404), ("retiree", 410)):
        carte = _read(client, f"fiches/{adresses[nom]}", status)
        assert [secret for secret in SECRETS.values() if secret in carte] == []
    assert "retirée" in _read(client, "themes/%00", 404)
    autre = make_fiche(monde.autre_promotion, monde.lea, monde.transports)
    reunir(autre.id, monde.fiche.id, par=monde.animatrice)
    assert client.get(f"/carte/fiches/{autre.id}").location == f"/carte/fiches/{monde.fiche.id}"
    retirer_fiche(monde.fiche, "Elle nommait une personne de l’organisme.", par=monde.animatrice)
    assert monde.fiche.titre not in _read(client, f"fiches/{monde.fiche.id}", 410)


def test_aucune_autre_page_ne_s_encadre(client: Any, monde: Monde) -> None:
    for chemin in ("/", f"/fiches/{monde.fiche.id}", "/donnees-ouvertes", "/carte", "/api/v1/fiches"):
        headers = client.get(chemin).headers
        assert headers["X-Frame-Options"] == "DENY", chemin
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"], chemin


@pytest.mark.parametrize(
    ("choix", "carte"),
    [("", "/carte/meteo"), ("theme=transport", "/carte/themes/transport"), ("theme=%00", "/carte/meteo")],
)
def test_la_page_donne_le_code(client: Any, monde: Monde, choix: str, carte: str) -> None:
    assert f"127.0.0.1:8000{carte}" in client.get(f"/donnees-ouvertes?{choix}").text


def test_le_code_d_une_fiche_publique_seulement(client: Any, monde: Monde) -> None:
    page = client.get(f"/donnees-ouvertes?fiche={monde.fiche.id}").text
    assert f"127.0.0.1:8000/carte/fiches/{monde.fiche.id}" in page
    for numero in ("999", "abc", "%00", "9" * 30, str(make_adresses(monde)["retenue"])):
        page = client.get(f"/donnees-ouvertes?fiche={numero}").text
        assert "Aucune fiche publique n’a ce numéro" in page
        assert "/carte/" not in page
