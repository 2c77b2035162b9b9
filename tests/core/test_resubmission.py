"""A button pressed after its page or session has expired changes nothing and shows a message."""

from typing import Any

import pytest

from devtools.factories import Monde, hidden_fields
from mse.comptes.password_hashing import release_and_hash
from mse.extensions import db


@pytest.mark.parametrize("url", ["/mon-compte/fermer-les-autres", "/deconnexion"])
def test_un_bouton_perime_dit_que_rien_n_a_ete_fait(as_: Any, monde: Monde, url: str) -> None:
    """A button without its own page redirects; the next page shows the message, once."""
    ailleurs, browser = as_(monde.agent), as_(monde.agent)
    reponse = browser.post(url, data={"csrf_token": "perime"})
    assert reponse.status_code == 303
    page = browser.get(reponse.location).text
    assert "Rien n’a été fait" in page
    assert "Vérifiez, puis envoyez" not in page
    assert "Rien n’a été fait" not in browser.get("/mon-compte").text
    assert ailleurs.get("/mon-compte").status_code == 200


def test_un_bouton_presse_apres_la_fin_de_la_session_le_dit(as_: Any, monde: Monde) -> None:
    monde.agent.mot_de_passe = release_and_hash("un mot de passe assez long")
    db.session.commit()
    browser = as_(None)
    reponse = browser.post("/mon-compte/fermer-les-autres", data={})
    assert reponse.status_code == 401
    assert "rien n’a été fait" in reponse.text
    champs = {**hidden_fields(reponse.text), "courriel": monde.agent.courriel}
    entree = browser.post("/connexion", data={**champs, "mot_de_passe": "un mot de passe assez long"})
    page = browser.get(entree.location).text
    assert "Rien n’a été fait" in page
    assert "Vérifiez ce que vous aviez écrit" not in page


def test_se_deconnecter_deux_fois_se_dit(as_: Any) -> None:
    browser = as_(None)
    reponse = browser.post("/deconnexion", data={"csrf_token": "perime"})
    assert "Votre connexion était déjà fermée" in browser.get(reponse.location).text
