"""Find fiches by their words."""

import re
from html import unescape
from typing import Any

import pytest

from devtools.factories import Monde, make_fiche
from mse.extensions import db
from mse.moderation.use_cases import retirer_fiche
from mse.recherche.use_cases import index_due

pytestmark = pytest.mark.usefixtures("jour")


def found(client: Any, mots: str, **filtres: str) -> list[str]:
    """Return the titles of the results."""
    db.session.rollback()
    index_due()
    page = client.get("/recherche", query_string={"q": mots, **filtres})
    assert page.status_code == 200
    return [
        unescape(re.sub("<[^>]*>", "", titre)) for titre in re.findall("<h3>(.*?)</h3>", page.text, re.DOTALL)
    ]


@pytest.mark.parametrize("mots", ["cantine", "CANTINE", "les cantines", "l’cantine", "canti", "cantime"])
def test_un_mot_se_trouve_sous_toutes_ses_formes(monde: Monde, client: Any, mots: str) -> None:
    make_fiche(monde.promotion, monde.samira, monde.transports, titre="La cantine ferme trop tôt")
    make_fiche(monde.promotion, monde.samira, monde.transports, titre="Des ordinateurs trop vieux")
    assert found(client, mots) == ["La cantine ferme trop tôt"]


def test_une_fiche_retiree_disparait_avant_meme_d_etre_desindexee(monde: Monde, client: Any) -> None:
    fiche = make_fiche(monde.promotion, monde.samira, monde.transports, titre="La cantine ferme trop tôt")
    assert found(client, "cantine") == ["La cantine ferme trop tôt"]
    retirer_fiche(fiche, "Elle nomme une personne.", par=monde.animatrice)
    assert "ferme trop tôt" not in client.get("/recherche?q=cantine").text
    assert found(client, "cantine") == []
