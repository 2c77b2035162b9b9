"""Sign-in and sign-out: redirects, messages, session data."""

import re
from typing import Any

import pytest
from sqlalchemy import select

from devtools.factories import keep
from mse.comptes import mots_de_passe
from mse.comptes.models import Compte, SessionCompte
from mse.core.clock import now
from mse.extensions import db
from mse.journal.models import LigneJournal
from tests.comptes.gens import MDP, make_inscrit, se_connecter

REFUS = "L’adresse ou le mot de passe ne convient pas."


def test_on_se_connecte_et_on_arrive_chez_soi(client: Any) -> None:
    samira = make_inscrit()
    samira.active_le = None
    keep(samira)
    response = se_connecter(client, " Samira@EXEMPLE.fr ")
    assert (response.status_code, response.location) == (303, "/mon-espace")
    assert "samira@exemple.fr" in client.get("/mon-compte").text
    compte = db.session.scalar(select(Compte))
    assert compte is not None
    assert compte.active_le is not None
    assert "session_ouverte" in db.session.scalars(select(LigneJournal.action)).all()
    assert client.get("/connexion").location == "/mon-espace"


@pytest.mark.parametrize(
    "adresse", ["\ufeff<mailto:Samira@exemple.fr>\u200e", "samira@exemple\u00ad.fr.\u00a0"]
)
def test_on_se_connecte_avec_une_adresse_collee(client: Any, adresse: str) -> None:
    make_inscrit()
    assert se_connecter(client, adresse).location == "/mon-espace"


@pytest.mark.parametrize(
    ("suite", "arrivee"),
    [
        ("/fiches?statut=reglee", "/fiches?statut=reglee"),
        ("//ailleurs.example/", "/mon-espace"),
        ("https://ailleurs.example/", "/mon-espace"),
        ("/\\ailleurs.example", "/mon-espace"),
        ("/\tailleurs", "/mon-espace"),
        ("javascript:alert(1)", "/mon-espace"),
        ("", "/mon-espace"),
    ],
)
def test_la_suite_reste_sur_le_site(client: Any, suite: str, arrivee: str) -> None:
    make_inscrit()
    assert se_connecter(client, next=suite).location == arrivee


def test_une_porte_fermee_ramene_la_ou_l_on_allait(client: Any) -> None:
    make_inscrit()
    page = client.get("/mon-compte/identite")
    assert page.status_code == 401
    response = se_connecter(client, page="/mon-compte/identite")
    assert response.location == "/mon-compte/identite"


def test_les_memes_mots_et_le_meme_travail_que_le_compte_existe_ou_non(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_inscrit("Samira")
    make_inscrit("Fermee", ferme_le=now())
    make_inscrit("Sansmdp", mot_de_passe=None)
    verifies: list[str] = []
    hasher = mots_de_passe._hasher

    class Compteur:
        def verify(self, password_hash: str, mot_de_passe: bytes) -> bool:
            verifies.append(password_hash)
            return hasher.verify(password_hash, mot_de_passe)

        def __getattr__(self, nom: str) -> Any:
            return getattr(hasher, nom)

    monkeypatch.setattr(mots_de_passe, "_hasher", Compteur())
    pages = set()
    essais = [("samira", "un autre mot de passe"), ("fermee", MDP), ("sansmdp", MDP), ("inconnue", MDP)]
    for nom, mot_de_passe in essais:
        response = se_connecter(client, f"{nom}@exemple.fr", mot_de_passe)
        assert response.status_code == 422
        assert REFUS in response.text
        assert mot_de_passe not in response.text
        assert "Ce que vous avez écrit est conservé" in response.text  # the e-mail address
        pages.add(re.sub(r'name="csrf_token" value="[^"]+"', "", response.text.replace(nom, "QUI")))
    assert len(pages) == 1
    assert len(verifies) == len(essais)
    assert len({password_hash.rpartition("$")[0].rpartition("$")[0] for password_hash in verifies}) == 1
    assert client.get("/mon-compte").status_code == 401


def test_un_champ_vide_est_dit_a_cote_du_champ(client: Any) -> None:
    response = se_connecter(client, "", "")
    assert response.status_code == 422
    assert "Écrivez votre adresse électronique, ou l’identifiant de votre feuille." in response.text
    assert "Écrivez votre mot de passe." in response.text


def test_rien_du_visiteur_ne_passe_dans_la_session(client: Any) -> None:
    make_inscrit()
    client.get("/connexion")
    with client.session_transaction() as cookie:
        cookie.update(_user_id="choisie-par-un-autre", intrus="oui")
        avant = cookie["csrf_token"]
    se_connecter(client)
    with client.session_transaction() as cookie:
        assert cookie["_user_id"] != "choisie-par-un-autre"
        assert cookie.get("csrf_token") != avant
        assert "intrus" not in cookie


def test_se_reconnecter_ferme_la_session_d_avant(client: Any) -> None:
    make_inscrit()
    make_inscrit("Karim")
    se_connecter(client)
    jeton = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/mon-compte").text)
    assert jeton
    karim = {"courriel": "karim@exemple.fr", "mot_de_passe": MDP, "csrf_token": jeton[1]}
    assert client.post("/connexion", data=karim).status_code == 303
    assert "karim@exemple.fr" in client.get("/mon-compte").text
    fermees = db.session.scalars(select(SessionCompte.fermee_le).order_by(SessionCompte.id)).all()
    assert [fermee is not None for fermee in fermees] == [True, False]


def test_un_cookie_d_avant_la_deconnexion_ne_vaut_plus_rien(client: Any) -> None:
    make_inscrit()
    se_connecter(client)
    with client.session_transaction() as cookie:
        vole = dict(cookie)
    response = client.poster("/deconnexion", "/mon-compte/identite")
    assert (response.status_code, response.location) == (303, "/")
    assert client.get("/mon-compte").status_code == 401
    with client.session_transaction() as cookie:
        cookie.update(vole)
    assert client.get("/mon-compte").status_code == 401


def test_se_deconnecter_demande_un_jeton(client: Any) -> None:
    make_inscrit()
    se_connecter(client)
    client.post("/deconnexion")
    assert client.get("/mon-compte").status_code == 200


def test_un_compte_ferme_perd_sa_session_aussitot(client: Any) -> None:
    samira = make_inscrit()
    se_connecter(client)
    samira.ferme_le = now()
    keep(samira)
    assert client.get("/mon-compte").status_code == 401


def test_une_session_perdue_garde_ce_qui_etait_ecrit(client: Any) -> None:
    samira = make_inscrit()
    perdu = {"prenom": "Samirâ", "nom": "Ben\r\nAli <b>", "csrf_token": "vieux"}
    page = client.post("/mon-compte/identite", data=perdu)
    assert page.status_code == 401
    cachees = _hidden(page.text)
    assert cachees["repris-prenom"] == "Samirâ"

    page = client.post("/connexion", data={**cachees, "courriel": samira.courriel, "mot_de_passe": "faux"})
    assert page.status_code == 422
    cachees = _hidden(page.text)
    assert cachees["repris-prenom"] == "Samirâ"

    page = client.post("/connexion", data={**cachees, "courriel": samira.courriel, "mot_de_passe": MDP})
    assert page.status_code == 200
    assert 'value="Samirâ"' in page.text
    assert 'action="/mon-compte/identite"' in page.text
    db.session.refresh(samira)
    assert samira.prenom == "Samira"

    envoi = {**_hidden(page.text), "prenom": "Samirâ", "nom": "Ben Ali"}
    assert client.post("/mon-compte/identite", data=envoi).status_code == 303
    db.session.refresh(samira)
    assert samira.prenom == "Samirâ"


def test_aucun_mot_de_passe_n_est_porte_dans_une_page(client: Any) -> None:
    secrets = {"ancien": "CANARI-1", "nouveau": "CANARI-2", "confirmation": "CANARI-3"}
    page = client.post("/mon-compte/mot-de-passe", data=secrets)
    assert page.status_code == 401
    assert "CANARI" not in page.text
    page = client.post("/mon-compte/courriel", data={"courriel": "x@exemple.fr", "mot_de_passe": "CANARI-4"})
    assert "CANARI" not in page.text
    assert "repris-courriel" in page.text
    assert page.text.count("x@exemple.fr") == 1


def test_hacher_ne_retient_aucune_transaction(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    make_inscrit()
    from mse.comptes import password_hashing

    ouvertes: list[bool] = []

    def verify(password_hash: str | None, mot_de_passe: str) -> bool:
        ouvertes.append(db.session().in_transaction())
        return True

    monkeypatch.setattr(password_hashing, "verify_mot_de_passe", verify)
    se_connecter(client)
    assert ouvertes == [False]


def _hidden(html: str) -> dict[str, str]:
    from html import unescape

    champs = re.findall(r'<input(?=[^>]*type="hidden")(?=[^>]*name="([^"]+)")(?=[^>]*value="([^"]*)")', html)
    return {nom: unescape(valeur) for nom, valeur in champs}
