"""Double clicks on account forms: the act is done once and the second response shows no error."""

from typing import Any

from devtools.factories import JOUR, hidden_fields
from mse.comptes.models import Compte
from mse.comptes.rate_limits import DOUBLE_CLIC
from mse.comptes.views.connexion import PROPOSE
from mse.core.clock import at
from mse.extensions import db
from tests.comptes.gens import AUTRE_MDP, MDP, lien_recu, make_inscrit, se_connecter, suivre
from tests.notifications.conftest import rows
from tests.representation.invites import actions

NOUVELLE = "samira.neuve@exemple.fr"
CONFIRMER = "/mon-compte/courriel/confirmer"


def test_confirmer_deux_fois_sa_nouvelle_adresse(as_: Any) -> None:
    """Both requests carry the same cookie, as the second one is sent before the first response."""
    browser = as_(make_inscrit())
    browser.poster("/mon-compte/courriel", courriel=NOUVELLE, mot_de_passe=MDP)
    browser.get(lien_recu(NOUVELLE))
    ouverte = hidden_fields(browser.get(CONFIRMER).text)
    with browser.session_transaction() as cookie:
        propose = cookie[PROPOSE]
    premiere = browser.post(CONFIRMER, data=ouverte)
    with browser.session_transaction() as cookie:
        cookie[PROPOSE] = propose
    seconde = browser.post(CONFIRMER, data=ouverte)
    assert [page.status_code for page in (premiere, seconde)] == [303, 303]
    assert seconde.location == premiere.location
    assert db.session.query(Compte.courriel).scalar() == NOUVELLE
    assert actions().count("courriel_change") == 1


def test_proposer_deux_fois_la_meme_adresse(as_: Any) -> None:
    """One mail and one count in two minutes. Afterwards, as for a lost mail, it gets another."""
    browser, autre = as_(make_inscrit()), "autre@exemple.fr"

    def propose(courriel: str) -> None:
        assert browser.poster("/mon-compte/courriel", courriel=courriel, mot_de_passe=MDP).status_code == 303
        assert f"Un courriel part vers {courriel}" in browser.get("/mon-compte").text

    with at(JOUR):
        for saisie in [NOUVELLE] * 6 + ["Samira.NEUVE@exemple.fr", autre]:
            propose(saisie)
        assert [mail.destinataire for mail in rows()] == [NOUVELLE, autre]
    with at(JOUR + DOUBLE_CLIC):
        propose(autre)
        assert [mail.destinataire for mail in rows()] == [NOUVELLE, autre, autre]
        assert suivre(browser, lien_recu(NOUVELLE)).status_code == 303


def test_changer_deux_fois_son_mot_de_passe(as_: Any, client: Any) -> None:
    browser = as_(make_inscrit())
    saisie = {"ancien": MDP, "nouveau": AUTRE_MDP, "confirmation": AUTRE_MDP}
    pages = [browser.poster("/mon-compte/mot-de-passe", **saisie) for _fois in range(2)]
    assert [page.location for page in pages] == ["/mon-compte"] * 2
    assert actions().count("mot_de_passe_change") == 1
    assert se_connecter(client, mot_de_passe=AUTRE_MDP).location == "/mon-espace"


def test_un_ancien_mot_de_passe_faux_reste_une_faute(as_: Any) -> None:
    browser = as_(make_inscrit())
    saisie = {"ancien": "rien de tout cela", "nouveau": AUTRE_MDP, "confirmation": AUTRE_MDP}
    assert browser.poster("/mon-compte/mot-de-passe", **saisie).status_code == 422
    assert "mot_de_passe_change" not in actions()


def test_apres_un_double_clic_les_deux_courriels_ouvrent_le_compte_une_fois(client: Any) -> None:
    make_inscrit()
    client.poster("/connexion/lien", courriel="samira@exemple.fr")
    premier = lien_recu()
    client.poster("/connexion/lien", courriel="samira@exemple.fr")
    second = lien_recu()
    assert suivre(client, premier).status_code == 303
    autre = client.application.test_client()
    autre.get(second)
    assert autre.get("/connexion/entrer").status_code == 410


def test_un_lien_plus_recent_annule_les_autres(client: Any) -> None:
    make_inscrit()
    with at(JOUR):
        client.poster("/connexion/lien", courriel="samira@exemple.fr")
        premier = lien_recu()
    with at(JOUR + DOUBLE_CLIC):
        client.poster("/connexion/lien", courriel="samira@exemple.fr")
        second = lien_recu()
        client.get(premier)
        assert client.get("/connexion/entrer").status_code == 410
        client.get(second)
        assert client.get("/connexion/entrer").status_code == 200
