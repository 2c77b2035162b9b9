"""«Nous aussi»: one soutien for each promotion, by its current delegate, withdrawable."""

from typing import Any

import pytest
from sqlalchemy import select

from devtools.factories import Monde
from mse.core.errors import DonneeInvalide, Interdit
from mse.extensions import db
from mse.soutiens.models import Soutien
from mse.soutiens.use_cases import retirer_soutien, soutenir
from mse.suivis.models import Suivi

pytestmark = pytest.mark.usefixtures("jour")


def test_une_deleguee_d_ailleurs_dit_nous_aussi(monde: Monde, as_: Any, client: Any) -> None:
    page, lea = f"/fiches/{monde.fiche.id}", as_(monde.lea)
    assert "Nous aussi" in lea.get(page).text
    for _clic in range(3):
        reponse = lea.poster(f"{page}/nous-aussi", personnes="9")
        assert (reponse.status_code, reponse.location) == (303, page)
    publique = client.get(page).text
    assert "1 autre promotion, 9" in publique
    assert monde.autre_promotion.titre not in publique
    assert "Soudeur" not in publique
    [soutien] = db.session.scalars(select(Soutien))
    assert soutien.personnes == 9
    assert db.session.scalar(select(Suivi.fiche_id)) == monde.fiche.id


def test_un_petit_nombre_n_est_pas_dit(monde: Monde, as_: Any, client: Any) -> None:
    soutenir(monde.fiche, promotion_id=monde.autre_promotion.id, personnes=3, par=monde.lea)
    publique = client.get(f"/fiches/{monde.fiche.id}").text
    assert "moins de 5 personnes" in publique


def test_le_soutien_se_corrige_et_se_retire(monde: Monde, as_: Any, client: Any) -> None:
    page, lea = f"/fiches/{monde.fiche.id}", as_(monde.lea)
    lea.poster(f"{page}/nous-aussi", personnes="9")
    lea.poster(f"{page}/nous-aussi", personnes="7")
    assert "7 personnes" in lea.get(page).text
    for _clic in range(2):
        retrait = lea.poster(
            f"{page}/nous-aussi/retrait", page=f"{page}/nous-aussi", promotion_id=monde.autre_promotion.id
        )
        assert retrait.status_code == 303
    assert "autre promotion" not in client.get(page).text
    soutenir(monde.fiche, promotion_id=monde.autre_promotion.id, personnes=2, par=monde.lea)
    assert len(db.session.scalars(select(Soutien)).all()) == 1


@pytest.mark.parametrize("personnes", ["", "0", "-3", "beaucoup", "13", "9" * 5000])
def test_un_nombre_faux_recoit_une_phrase(monde: Monde, as_: Any, personnes: str) -> None:
    reponse = as_(monde.lea).poster(f"/fiches/{monde.fiche.id}/nous-aussi", personnes=personnes)
    assert reponse.status_code == 422
    assert db.session.scalar(select(Soutien.id)) is None


def test_qui_ne_soutient_pas(monde: Monde) -> None:
    promotion = monde.autre_promotion.id
    for compte in (monde.samira, monde.ancienne, monde.agent, monde.animatrice, monde.admin):
        with pytest.raises(Interdit):
            soutenir(monde.fiche, promotion_id=promotion, personnes=2, par=compte)
        with pytest.raises(Interdit):
            retirer_soutien(monde.fiche, promotion_id=promotion, par=compte)
    with pytest.raises(Interdit):
        soutenir(monde.fiche, promotion_id=monde.promotion.id, personnes=2, par=monde.lea)
    with pytest.raises(DonneeInvalide, match="12 personnes"):
        soutenir(monde.fiche, promotion_id=promotion, personnes=13, par=monde.lea)
