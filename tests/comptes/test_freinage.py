"""Rate limit on failed sign-ins, without a permanent lock-out."""

import re
from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from devtools.factories import JOUR
from mse.comptes.rate_limits import SignInLimits
from mse.comptes.use_cases import se_connecter as essayer
from mse.comptes.use_cases.freiner import enregistrer_echec
from mse.core.clock import at
from mse.core.rate_limit import Attempt, CountedAttempt, Limit, requester_key
from mse.extensions import db
from tests.comptes.gens import MDP, make_inscrit, se_connecter

pytestmark = pytest.mark.usefixtures("jour")

MINUTE = timedelta(minutes=1)


@pytest.fixture
def trois(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lower the limit of failures per account from ten to three, to shorten the tests."""
    monkeypatch.setitem(app.config, "MSE_ECHECS_PAR_COMPTE", 3)


def count_echecs() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(CountedAttempt)) or 0


def test_apres_dix_echecs_on_attend_cinq_minutes(client: Any) -> None:
    make_inscrit()
    with at(JOUR):
        for _essai in range(10):
            assert se_connecter(client, mot_de_passe="faux").status_code == 422
    with at(JOUR + 2 * MINUTE):
        for mot_de_passe in ("faux", MDP):
            response = se_connecter(client, mot_de_passe=mot_de_passe)
            assert response.status_code == 429
            assert response.headers["Retry-After"] == "180"
            assert "Attendez 3 minutes, puis recommencez." in response.text
            assert "Pour entrer sans attendre" in response.text
            assert 'value="samira@exemple.fr"' in response.text
            assert mot_de_passe not in response.text
    with at(JOUR + 5 * MINUTE):
        assert se_connecter(client).status_code == 303


@pytest.mark.usefixtures("trois")
def test_insister_ne_rallonge_pas_l_attente(client: Any) -> None:
    with at(JOUR):
        for _essai in range(5):
            se_connecter(client, mot_de_passe="faux")
    assert count_echecs() == 6  # three failures, each counted for its account and its IP address
    with at(JOUR + 5 * MINUTE):
        assert se_connecter(client, mot_de_passe="faux").status_code == 422


@pytest.mark.usefixtures("trois")
def test_la_page_d_attente_est_la_meme_sans_compte(client: Any) -> None:
    make_inscrit("Samira")
    pages = set()
    for nom in ("samira", "inconnue"):
        with at(JOUR):
            for _essai in range(4):
                response = se_connecter(client, f"{nom}@exemple.fr", "faux")
        assert response.status_code == 429
        pages.add(re.sub(r'name="csrf_token" value="[^"]+"', "", response.text.replace(nom, "QUI")))
    assert len(pages) == 1


@pytest.mark.usefixtures("trois")
def test_qui_est_connecte_ne_remarque_rien(client: Any, as_: Any) -> None:
    chez_elle = as_(make_inscrit())
    statuts = [se_connecter(client, mot_de_passe="faux").status_code for _essai in range(4)]
    assert statuts[-1] == 429
    assert chez_elle.get("/mon-compte").status_code == 200


def test_reussir_efface_les_echecs_du_compte_pas_ceux_de_l_adresse(app: Flask) -> None:
    make_inscrit()
    frein = SignInLimits(secret="s", par_compte=3, par_adresse=5)

    def essai(mot_de_passe: str) -> str:
        resultat = essayer("samira@exemple.fr", mot_de_passe, adresse="192.0.2.1", frein=frein)
        return "attendre" if resultat.attente else "entrer" if resultat.reference else "non"

    assert [essai(mot) for mot in ("faux", "faux", MDP)] == ["non", "non", "entrer"]
    assert [essai(mot) for mot in ("faux", "faux", MDP)] == ["non", "non", "entrer"]
    assert [essai(mot) for mot in ("faux", MDP)] == ["non", "attendre"]


def test_l_adresse_a_sa_propre_limite(app: Flask, client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "MSE_ECHECS_PAR_ADRESSE", 3)
    make_inscrit()
    for nombre in range(3):
        assert se_connecter(client, f"inconnu{nombre}@exemple.fr").status_code == 422
    assert se_connecter(client).status_code == 429
    ailleurs = app.test_client()
    ailleurs.environ_base["REMOTE_ADDR"] = "192.0.2.7"
    assert se_connecter(ailleurs).status_code == 303


def test_les_limites_se_reglent(app: Flask, client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "MSE_ECHECS_PAR_COMPTE", 1)
    monkeypatch.setitem(app.config, "MSE_ECHECS_FENETRE", 60)
    with at(JOUR):
        assert se_connecter(client, mot_de_passe="faux").status_code == 422
        assert "Attendez une minute" in se_connecter(client, mot_de_passe="faux").text


@pytest.mark.parametrize(
    ("adresse", "reseau"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("fe80::1%eth0", "fe80::/64"),
        (None, ""),
        ("n’importe quoi", ""),
    ],
)
def test_en_ipv6_on_compte_par_64(adresse: str | None, reseau: str) -> None:
    assert requester_key(adresse) == reseau


def test_ce_qui_est_garde_ne_se_relit_pas_sans_le_secret(app: Flask) -> None:
    frein, autre = SignInLimits(secret="un"), SignInLimits(secret="deux")
    limites = _essai(frein, "samira@exemple.fr")
    cles = {limite.key for limite in limites}
    assert cles.isdisjoint(limite.key for limite in _essai(autre, "samira@exemple.fr"))
    assert limites == _essai(frein, "SAMIRA@exemple.fr ")
    enregistrer_echec(limites)
    assert set(db.session.scalars(select(CountedAttempt.cle))) == cles
    assert all(re.fullmatch("[0-9a-f]{64}", cle) for cle in cles)


def _essai(frein: SignInLimits, entree: str) -> list[Limit]:
    return frein.de_connexion(None, entree, adresse="192.0.2.1", marque=None)


def test_vingt_essais_a_la_fois_n_en_font_pas_plus_de_dix(app: Flask) -> None:
    frein = SignInLimits(secret="s")
    essais: list[Attempt] = []

    def essai() -> None:
        with app.app_context():
            essais.append(enregistrer_echec(_essai(frein, "samira@exemple.fr")))

    threads = [Thread(target=essai) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(not essai.attente for essai in essais) == 10


def test_les_echecs_sont_oublies_apres_un_jour(client: Any) -> None:
    with at(JOUR):
        se_connecter(client, mot_de_passe="faux")
    with at(JOUR + (24 * 60 + 1) * MINUTE):
        se_connecter(client, mot_de_passe="faux")
    assert count_echecs() == 2
