"""Filter the list by what a fiche lacks."""

from datetime import timedelta
from typing import Any

import pytest

from devtools.factories import Monde, make_fiche
from mse.core import clock
from mse.extensions import db

pytestmark = pytest.mark.usefixtures("jour")


def test_on_lit_les_fiches_qui_cherchent_un_responsable(monde: Monde, client: Any) -> None:
    make_fiche(monde.promotion, monde.samira, titre="Personne ne sait qui répond")
    page = client.get("/fiches?etat=sans_responsable").text
    assert "Personne ne sait qui répond" in page
    assert monde.fiche.titre not in page


def test_on_lit_les_fiches_en_retard(monde: Monde, client: Any) -> None:
    titre = monde.fiche.titre
    db.session.rollback()
    assert titre not in client.get("/fiches?etat=retard").text
    with clock.at(clock.now() + timedelta(days=60)):
        assert titre in client.get("/fiches?etat=retard").text
    assert client.get("/fiches?etat=autre").status_code == 422
