"""A transfer or an added owner sent twice by the same person is processed once."""

from typing import Any

import pytest

from devtools.factories import Monde, hidden_fields
from mse.extensions import db

MOTIF = "Le car arrive toujours après le début des cours."


@pytest.mark.parametrize("adresse", ["saisines/{}/transfert", "elargissement"])
def test_un_double_clic_change_de_responsable_une_fois(monde: Monde, as_: Any, adresse: str) -> None:
    anouk, url = as_(monde.animatrice), f"/fiches/{monde.fiche.id}/{adresse.format(monde.saisine.id)}"
    ouverte = hidden_fields(anouk.get(url).text)
    envoi = {**ouverte, "acteur_id": monde.remuneration.id, "texte": MOTIF}
    assert anouk.post(url, data=envoi).status_code == 303
    fait = len(monde.fiche.etapes)
    assert anouk.post(url, data=envoi).status_code == 303
    db.session.expire_all()
    assert len(monde.fiche.etapes) == fait
