"""The file of the handover is read in the same number of statements, whatever it holds."""

from typing import Any

import pytest

from devtools.factories import Monde, make_brouillon, make_fiche
from tests.fiches.test_lire import counted

pytestmark = pytest.mark.usefixtures("jour")


def test_le_dossier_coute_autant_avec_une_fiche_qu_avec_vingt(monde: Monde, as_: Any) -> None:
    samira, page = as_(monde.samira), f"/promotions/{monde.promotion.id}/passation"
    make_brouillon(monde.promotion, monde.samira)
    samira.get(page)
    with counted() as une:
        assert samira.get(page).status_code == 200
    for numero in range(20):
        make_fiche(monde.promotion, monde.samira, monde.transports, titre=f"Fiche {numero}")
        make_brouillon(monde.promotion, monde.samira)
    with counted() as vingt:
        assert samira.get(page).status_code == 200
    assert len(vingt) == len(une)
