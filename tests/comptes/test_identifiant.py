"""Sign-in by identifiant, for an account without an e-mail address."""

import re
import secrets
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from devtools.factories import make_compte
from mse.comptes.identite import donner_identifiant
from mse.comptes.models import Compte, dire_identifiant
from mse.comptes.queries import get_compte_par_entree
from mse.core.use_cases import use_case
from mse.extensions import db
from tests.comptes.gens import MDP, lien_recu, make_inscrit, ouvrir, se_connecter, suivre


def make_sans_adresse(prenom: str = "Ilyes", identifiant: str = "ilyes4821", **champs: Any) -> Compte:
    valeurs = {"courriel": None, "courriel_prouve_le": None, "identifiant": identifiant}
    return make_inscrit(prenom, **{**valeurs, **champs})


@pytest.mark.parametrize("saisie", ["ilyes-4821", "Ilyès 4821", " ILYES4821 ", "ilyes.48-21"])
def test_on_entre_avec_son_identifiant_comme_on_le_tape(client: Any, saisie: str) -> None:
    make_sans_adresse()
    assert se_connecter(client, saisie).status_code == 303


def test_l_identifiant_est_un_prenom_et_des_chiffres(app: Flask) -> None:
    donner = use_case(donner_identifiant)
    formes = {"Zoé-Anne": r"zoeanne\d{4}", "李": r"compte\d{4}", "A" * 40: rf"{'a' * 20}\d{{4}}"}
    for prenom, forme in formes.items():
        compte = make_compte(prenom, courriel=None)
        donner(compte)
        avant = compte.identifiant or ""
        assert re.fullmatch(forme, avant)
        donner(compte)
        assert compte.identifiant == avant
        assert get_compte_par_entree(dire_identifiant(avant)) is compte


def test_deux_personnes_n_ont_pas_le_meme_identifiant(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secrets, "randbelow", lambda _n: 0)
    premier, second = make_compte("Ilyes", courriel=None), make_compte("Ilyes", courriel=None)
    donner = use_case(donner_identifiant)
    donner(premier)
    donner(second)
    assert (premier.identifiant, second.identifiant) == ("ilyes1000", "ilyes10000")


def test_un_mot_de_passe_sans_adresse_ni_identifiant_n_ouvrirait_rien(app: Flask) -> None:
    with pytest.raises(IntegrityError):
        make_inscrit("Ilyes", courriel=None, identifiant=None)
    db.session.rollback()


def test_un_identifiant_est_freine_comme_une_adresse(
    app: Flask, client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Failures by identifiant and by e-mail share the limit of the account. An unknown identifiant has the
    same limit."""
    monkeypatch.setitem(app.config, "MSE_ECHECS_PAR_COMPTE", 3)
    make_sans_adresse(courriel="ilyes@exemple.fr")
    for saisie in ("ilyes-4821", "ilyes@exemple.fr", "Ilyes 4821"):
        assert se_connecter(client, saisie, "faux").status_code == 422
    assert se_connecter(client, "ilyes@exemple.fr").status_code == 429
    for _essai in range(3):
        assert se_connecter(client, "personne-1111", "faux").status_code == 422
    assert se_connecter(client, "personne 1111", "faux").status_code == 429


@pytest.mark.parametrize("url", ["/connexion/lien", "/mot-de-passe-oublie"])
def test_un_identifiant_ne_recoit_pas_de_courriel(client: Any, url: str) -> None:
    make_sans_adresse()
    page = client.poster(url, courriel="ilyes-4821")
    assert page.status_code == 422
    assert "Demandez une nouvelle feuille" in page.text
    assert 'value="ilyes-4821"' in page.text


def test_l_adresse_s_ajoute_ensuite_et_se_prouve(app: Flask, client: Any, as_: Any) -> None:
    ilyes = make_sans_adresse()
    ici = as_(ilyes)
    page = ici.get("/mon-compte").text
    assert "ilyes-4821" in page
    assert "Ajouter une adresse" in page
    assert "None" not in ici.get("/mon-compte/courriel").text
    ici.poster("/mon-compte/courriel", courriel="ilyes@exemple.fr", mot_de_passe=MDP)
    lien = lien_recu("ilyes@exemple.fr")
    assert "None" not in ouvrir(ici, lien).text
    suivre(ici, lien)
    db.session.refresh(ilyes)
    assert ilyes.courriel == "ilyes@exemple.fr"
    assert ilyes.courriel_prouve_le is not None
    assert not ilyes.s_ouvre_par_code
    assert se_connecter(client, "ilyes@exemple.fr").status_code == 303
    assert se_connecter(app.test_client(), "ilyes-4821").status_code == 303
