"""Rate limits per known browser: other people's attempts do not block a browser that has signed in before."""

from typing import Any

import pytest
from flask import Flask

from devtools.factories import make_compte
from mse.comptes.appareils import COMPTES_MAX, Appareil
from tests.comptes.gens import AUTRE_MDP, MDP, lien_recu, make_inscrit, se_connecter


def inconnu(app: Flask, numero: int = 7) -> Any:
    browser = app.test_client()
    browser.environ_base["REMOTE_ADDR"] = f"192.0.2.{numero}"
    return browser


def deja_venu(app: Flask) -> Any:
    """A browser where Samira has signed in and out."""
    browser = app.test_client()
    assert se_connecter(browser).status_code == 303
    browser.poster("/deconnexion", "/mon-compte")
    return browser


def test_vingt_requetes_d_un_inconnu_n_enferment_personne_dehors(app: Flask) -> None:
    make_inscrit()
    chez_elle, pirate = deja_venu(app), inconnu(app)
    for _fois in range(11):
        refus = se_connecter(pirate, mot_de_passe="faux")
    assert refus.status_code == 429
    for url in ("/connexion/lien", "/mot-de-passe-oublie"):
        for _fois in range(6):
            refus = pirate.poster(url, courriel="samira@exemple.fr")
        assert refus.status_code == 429
        assert chez_elle.poster(url, courriel="samira@exemple.fr").status_code == 200
        assert inconnu(app, 8).poster(url, courriel="samira@exemple.fr").status_code == 200
    assert se_connecter(inconnu(app, 8)).status_code == 429  # all unknown browsers share one limit
    assert se_connecter(chez_elle).status_code == 303


def test_sans_mot_de_passe_un_appareil_connu_garde_sa_part_de_liens(app: Flask) -> None:
    """Unknown browsers exhaust the e-mail limit of the account. A known browser keeps its own limit, since
    its owner may have no password."""
    make_inscrit(mot_de_passe=None)
    chez_elle = app.test_client()
    chez_elle.poster("/connexion/lien", courriel="samira@exemple.fr")
    chez_elle.get(lien_recu())
    chez_elle.poster("/connexion/entrer")
    chez_elle.poster("/deconnexion", "/mon-compte")
    for numero in range(5):
        for _fois in range(5):
            refus = inconnu(app, numero).poster("/connexion/lien", courriel="samira@exemple.fr")
    assert refus.status_code == 429
    assert chez_elle.poster("/connexion/lien", courriel="samira@exemple.fr").status_code == 200


def test_un_appareil_connu_ne_devine_pas_plus_qu_un_autre(app: Flask) -> None:
    make_inscrit()
    chez_elle = deja_venu(app)
    for _fois in range(10):
        assert se_connecter(chez_elle, mot_de_passe="faux").status_code == 422
    assert se_connecter(chez_elle).status_code == 429
    assert se_connecter(inconnu(app)).status_code == 303  # another limit


def test_tous_les_inconnus_ensemble_ont_dix_essais(app: Flask) -> None:
    make_inscrit()
    statuts = [se_connecter(inconnu(app, n), mot_de_passe="faux").status_code for n in range(11)]
    assert statuts == [422] * 10 + [429]


def test_changer_de_mot_de_passe_oublie_les_autres_appareils(app: Flask) -> None:
    make_inscrit()
    ancien, ici = deja_venu(app), app.test_client()
    se_connecter(ici)
    ici.poster("/mon-compte/mot-de-passe", ancien=MDP, nouveau=AUTRE_MDP, confirmation=AUTRE_MDP)
    ici.poster("/deconnexion", "/mon-compte")
    for _fois in range(10):
        se_connecter(inconnu(app), mot_de_passe="faux")
    assert se_connecter(ancien, mot_de_passe=AUTRE_MDP).status_code == 429
    assert se_connecter(ici, mot_de_passe=AUTRE_MDP).status_code == 303


def test_un_lien_fait_aussi_connaitre_l_appareil(app: Flask) -> None:
    make_inscrit()
    chez_elle = app.test_client()
    chez_elle.poster("/connexion/lien", courriel="samira@exemple.fr")
    chez_elle.get(lien_recu())
    entree = chez_elle.poster("/connexion/entrer")
    [cookie] = [c for c in entree.headers.getlist("Set-Cookie") if c.startswith("appareil=")]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    chez_elle.poster("/deconnexion", "/mon-compte")
    for _fois in range(10):
        se_connecter(inconnu(app), mot_de_passe="faux")
    assert se_connecter(chez_elle).status_code == 303


@pytest.mark.parametrize("cookie", ["", "x", "W10.faux", "😀"])
def test_un_cookie_invente_n_est_rien(app: Flask, cookie: str) -> None:
    assert Appareil.lire(cookie, secret_key="s") == Appareil()
    assert Appareil.lire(Appareil(((1, "m", "p"),)).ecrire(secret_key="autre"), secret_key="s") == Appareil()


def test_un_ordinateur_partage_retient_les_derniers_comptes(app: Flask) -> None:
    appareil = Appareil()
    comptes = [make_compte(mot_de_passe=f"empreinte {n}") for n in range(COMPTES_MAX + 1)]
    for compte in comptes:
        appareil = appareil.retenir(compte)
    relu = Appareil.lire(appareil.ecrire(secret_key="s"), secret_key="s")
    assert [relu.marque(compte) is not None for compte in comptes] == [False] + [True] * COMPTES_MAX
    assert relu.retenir(comptes[-1]).marque(comptes[-1]) == relu.marque(comptes[-1])
