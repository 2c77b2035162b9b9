"""Sign-in by e-mail link: only the button uses it, once, so that robots that open links change nothing."""

import re
from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, func, select

from devtools.factories import JOUR, keep
from mse.comptes.jetons import emettre
from mse.comptes.models import Compte, Jeton, NatureJeton, SessionCompte, hash_secret
from mse.comptes.use_cases import entrer_par_lien, oublier_jetons
from mse.core.clock import at, now
from mse.core.use_cases import use_case
from mse.extensions import db
from mse.notifications.models import Courriel
from tests.comptes.gens import AUTRE_MDP, MDP, lien_recu, make_inscrit, se_connecter, suivre
from tests.courriels import write_mails

pytestmark = pytest.mark.usefixtures("jour")

MINUTE = timedelta(minutes=1)
PERDU = "Ce lien ne sert plus"


def demander(client: Any, courriel: str = "samira@exemple.fr", url: str = "/connexion/lien") -> Any:
    return client.poster(url, courriel=courriel)


def count(model: Any) -> int:
    db.session.rollback()
    write_mails()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_samira_entre_par_le_lien_de_son_courriel(client: Any) -> None:
    make_inscrit(active_le=None)
    page = client.poster("/connexion/lien", "/connexion", courriel=" Samira@exemple.fr ", mot_de_passe="")
    assert page.status_code == 200
    assert "Si un compte existe" in page.text
    arrivee = client.get(lien_recu())
    assert (arrivee.status_code, arrivee.location) == (303, "/connexion/entrer")
    assert arrivee.headers["Referrer-Policy"] == "no-referrer"
    assert arrivee.headers["Cache-Control"] == "no-store"
    assert "HttpOnly" in arrivee.headers["Set-Cookie"]
    page = client.get("/connexion/entrer")
    assert "Bonjour Samira" in page.text
    assert lien_recu().rpartition("/")[2] not in page.text
    response = client.poster("/connexion/entrer")
    assert (response.status_code, response.location) == (303, "/mon-espace")
    assert client.get("/mon-compte").status_code == 200
    assert db.session.scalars(select(Compte.active_le)).one() is not None


def test_un_robot_peut_ouvrir_le_lien_cent_fois(app: Flask, client: Any) -> None:
    make_inscrit()
    demander(client)
    robot, url = app.test_client(), lien_recu()
    for _fois in range(20):
        assert robot.head(url).status_code == 303
        assert robot.get(url).status_code == 303
        assert robot.get("/connexion/entrer").status_code == 200
        assert robot.post("/connexion/entrer").status_code == 400  # without the CSRF token of the page
    assert count(SessionCompte) == 0
    client.get(url)
    assert client.poster("/connexion/entrer").location == "/mon-espace"


def test_il_ne_sert_qu_une_fois_et_appuyer_deux_fois_n_y_perd_rien(app: Flask, client: Any) -> None:
    make_inscrit()
    demander(client)
    url = lien_recu()
    client.get(url)
    client.poster("/connexion/entrer")
    assert client.poster("/connexion/entrer", "/mon-compte").location == "/mon-espace"
    voleur = app.test_client()
    voleur.get(url)
    page = voleur.get("/connexion/entrer")
    assert page.status_code == 410
    assert PERDU in page.text
    assert 'name="courriel"' in page.text  # to ask for another
    assert voleur.poster("/connexion/entrer").status_code == 410
    assert count(SessionCompte) == 1


@pytest.mark.parametrize(("minutes", "status"), [(9, 200), (10, 410)])
def test_dix_minutes_pas_plus(client: Any, minutes: int, status: int) -> None:
    make_inscrit()
    with at(JOUR):
        demander(client)
        client.get(lien_recu())
    with at(JOUR + minutes * MINUTE):
        assert client.get("/connexion/entrer").status_code == status


def test_un_compte_ferme_entre_temps_n_ouvre_plus(client: Any) -> None:
    samira = make_inscrit()
    demander(client)
    client.get(lien_recu())
    samira.ferme_le = now()
    keep(samira)
    assert client.get("/connexion/entrer").status_code == 410


@pytest.mark.parametrize("url", ["/connexion/lien", "/mot-de-passe-oublie"])
def test_la_meme_reponse_et_le_meme_travail_que_le_compte_existe_ou_non(client: Any, url: str) -> None:
    make_inscrit("Samira")
    make_inscrit("Fermee", ferme_le=now())
    pages, travaux = set(), []
    for nom in ("samira", "fermee", "inconnue"):
        ordres: list[str] = []

        def note(*args: Any, ordres: list[str] = ordres) -> None:
            ordres.append(" ".join(args[2].split()[:3]))

        event.listen(db.engine, "before_cursor_execute", note)
        page = demander(client, f"{nom}@exemple.fr", url)
        event.remove(db.engine, "before_cursor_execute", note)
        pages.add(re.sub(r'name="csrf_token" value="[^"]+"', "", page.text.replace(nom, "QUI")))
        travaux.append(ordres)
    assert len(pages) == 1
    ecritures = [[une for une in ordres if une.startswith(("INSERT", "DELETE"))] for ordres in travaux]
    assert ecritures[0] == ecritures[1] == ecritures[2]
    assert len({len(ordres) for ordres in travaux}) == 1, travaux
    assert count(Courriel) == count(Jeton) == 1
    assert count(Compte) == 2


@pytest.mark.parametrize("nom", ["samira", "inconnue"])
def test_cinq_liens_par_heure_puis_on_attend(client: Any, nom: str) -> None:
    make_inscrit()
    with at(JOUR):
        for _fois in range(5):
            assert demander(client, f"{nom}@exemple.fr").status_code == 200
        refus = demander(client, f"{nom}@exemple.fr")
    assert refus.status_code == 429
    assert "Attendez 60 minutes" in refus.text
    assert f'value="{nom}@exemple.fr"' in refus.text
    assert count(Courriel) == (5 if nom == "samira" else 0)
    with at(JOUR + 60 * MINUTE):
        assert demander(client, f"{nom}@exemple.fr").status_code == 200


def test_le_lien_reste_ouvert_quand_le_mot_de_passe_ne_l_est_plus(client: Any) -> None:
    make_inscrit()
    for _fois in range(11):
        refus = se_connecter(client, mot_de_passe="faux")
    assert refus.status_code == 429
    demander(client)
    client.get(lien_recu())
    assert client.poster("/connexion/entrer").location == "/mon-espace"


def test_un_faux_hote_ne_change_pas_l_adresse_du_lien(client: Any) -> None:
    make_inscrit()
    jeton = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/connexion").text)
    assert jeton
    envoi = {"csrf_token": jeton[1], "courriel": "samira@exemple.fr"}
    assert client.post("/connexion/lien", data=envoi, headers={"Host": "pirate.example"}).status_code == 400
    assert count(Courriel) == 0
    client.post("/connexion/lien", data=envoi, headers={"X-Forwarded-Host": "pirate.example"})
    write_mails()
    texte = db.session.scalars(select(Courriel.texte)).one() or ""
    assert "pirate" not in texte
    assert "http://127.0.0.1:8000/connexion/lien/" in texte


@pytest.mark.parametrize("secret", ["x", "%00", "%F0%9F%98%80", "%ED%A0%80", "a" * 6000, "../entrer"])
def test_un_lien_invente_mene_a_une_phrase(client: Any, secret: str) -> None:
    for debut, page in (
        ("/connexion/lien/", "/connexion/entrer"),
        ("/mot-de-passe-oublie/", "/mot-de-passe-oublie/nouveau"),
        ("/invitation/", "/premiere-visite"),
    ):
        assert client.get(debut + secret).status_code in (303, 404, 308)
        assert client.get(page).status_code == 410


def test_un_lien_n_ouvre_que_sa_porte(client: Any) -> None:
    make_inscrit()
    demander(client)
    secret = lien_recu().rpartition("/")[2]
    client.get(f"/mot-de-passe-oublie/{secret}")
    client.get(f"/invitation/{secret}")
    assert client.get("/mot-de-passe-oublie/nouveau").status_code == 410
    assert client.get("/premiere-visite").status_code == 410


@pytest.mark.parametrize("courriel", ["", "sans arobase", "é" * 300 + "@exemple.fr", "\x00", "😀"])
def test_une_adresse_qui_n_en_est_pas_une_est_dite_et_gardee(client: Any, courriel: str) -> None:
    page = demander(client, courriel)
    assert page.status_code == 422
    assert count(Courriel) == 0


def test_samira_choisit_un_nouveau_mot_de_passe(app: Flask, client: Any) -> None:
    make_inscrit()
    ailleurs = app.test_client()
    se_connecter(ailleurs)
    demander(client, url="/mot-de-passe-oublie")
    url = lien_recu()
    assert client.get(url).location == "/mot-de-passe-oublie/nouveau"
    court = client.poster("/mot-de-passe-oublie/nouveau", nouveau="trop court", confirmation="trop court")
    assert court.status_code == 422
    assert "il faut au moins 15" in court.text
    assert "trop court" not in court.text
    deux = client.poster("/mot-de-passe-oublie/nouveau", nouveau=AUTRE_MDP, confirmation="autre chose")
    assert deux.status_code == 422
    assert ailleurs.get("/mon-compte").status_code == 200  # nothing was changed so far
    bon = client.poster("/mot-de-passe-oublie/nouveau", nouveau=AUTRE_MDP, confirmation=AUTRE_MDP)
    assert bon.location == "/mon-espace"
    assert client.get("/mon-compte").status_code == 200
    assert ailleurs.get("/mon-compte").status_code == 401
    autre = app.test_client()
    assert se_connecter(autre).status_code == 422
    assert se_connecter(autre, mot_de_passe=AUTRE_MDP).status_code == 303
    voleur = app.test_client()
    voleur.get(url)
    assert voleur.get("/mot-de-passe-oublie/nouveau").status_code == 410


@pytest.mark.parametrize(("minutes", "status"), [(29, 200), (30, 410)])
def test_trente_minutes_pas_plus(client: Any, minutes: int, status: int) -> None:
    make_inscrit()
    with at(JOUR):
        demander(client, url="/mot-de-passe-oublie")
        client.get(lien_recu())
    with at(JOUR + minutes * MINUTE):
        assert client.get("/mot-de-passe-oublie/nouveau").status_code == status


def test_cinq_reinitialisations_par_jour(client: Any) -> None:
    make_inscrit()
    for heure in range(5):
        with at(JOUR + heure * 60 * MINUTE):
            assert demander(client, url="/mot-de-passe-oublie").status_code == 200
    with at(JOUR + 5 * 60 * MINUTE):
        refus = demander(client, url="/mot-de-passe-oublie")
        assert refus.status_code == 429
        assert "Attendez 19 heures" in refus.text
        assert demander(client).status_code == 200  # the sign-in link has another limit
    with at(JOUR + 24 * 60 * MINUTE):
        assert demander(client, url="/mot-de-passe-oublie").status_code == 200


def test_changer_son_adresse_annule_ce_qui_fut_envoye_a_l_ancienne(app: Flask, client: Any) -> None:
    make_inscrit()
    intrus = app.test_client()
    demander(intrus)
    intrus.get(lien_recu())
    se_connecter(client)
    client.poster("/mon-compte/courriel", courriel="nouvelle@exemple.fr", mot_de_passe=MDP)
    suivre(client, lien_recu("nouvelle@exemple.fr"))
    assert intrus.get("/connexion/entrer").status_code == 410


def test_un_jeton_est_oublie_un_jour_apres_sa_fin(app: Flask) -> None:
    samira = make_inscrit()

    with at(JOUR):
        use_case(emettre)(samira, NatureJeton.CONNEXION)
    with at(JOUR + 24 * 60 * MINUTE):
        oublier_jetons()
        assert count(Jeton) == 1
    with at(JOUR + (24 * 60 + 11) * MINUTE):
        oublier_jetons()
        assert count(Jeton) == 0


def test_deux_navigateurs_a_la_fois_un_seul_entre(app: Flask) -> None:
    samira = make_inscrit()
    token_hash = hash_secret(use_case(emettre)(samira, NatureJeton.CONNEXION))
    entrees: list[str | None] = []

    def entrer() -> None:
        with app.app_context(), at(JOUR):
            entrees.append(entrer_par_lien(token_hash))

    threads = [Thread(target=entrer) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(entree is not None for entree in entrees) == 1
    assert count(SessionCompte) == 1
