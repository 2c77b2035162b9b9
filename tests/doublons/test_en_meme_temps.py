"""Two people at once on fiches that are merged."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from devtools.factories import Monde
from mse.comptes.models import Compte
from mse.core.errors import ErreurMetier
from mse.doublons.models import Fusion
from mse.doublons.use_cases.reunir import reunir, separer
from mse.extensions import db
from mse.fiches.models import Fiche
from mse.moderation.use_cases import retirer_fiche
from mse.soutiens.models import Soutien
from mse.soutiens.use_cases import soutenir
from tests.concurrency import get, together
from tests.doublons.test_reunir import RAISON, file_another

pytestmark = pytest.mark.parametrize("app", ["postgresql"], indirect=True)


def count_fusions() -> int:
    db.session.rollback()
    actuelles = select(func.count()).select_from(Fusion).where(Fusion.separee_le.is_(None))
    return db.session.scalar(actuelles) or 0


def test_deux_animateurs_reunissent_les_memes(app: Flask, monde: Monde) -> None:
    une, autre, anouk = monde.fiche.id, file_another(monde).id, monde.animatrice.id
    assert together(
        app,
        lambda: reunir(autre, une, par=get(Compte, anouk)),
        lambda: reunir(autre, une, par=get(Compte, anouk)),
    ) == [None, None]
    assert count_fusions() == 1


def test_deux_animateurs_les_reunissent_dans_les_deux_sens(app: Flask, monde: Monde) -> None:
    une, autre, anouk = monde.fiche.id, file_another(monde).id, monde.animatrice.id
    premiere, seconde = together(
        app,
        lambda: reunir(autre, une, par=get(Compte, anouk)),
        lambda: reunir(une, autre, par=get(Compte, anouk)),
    )
    assert premiere is None
    assert isinstance(seconde, ErreurMetier)
    assert count_fusions() == 1


@pytest.mark.parametrize("reunir_d_abord", [True, False])
def test_on_retire_pendant_qu_on_reunit(app: Flask, monde: Monde, reunir_d_abord: bool) -> None:
    """Whatever comes first, a withdrawn fiche is merged with none."""
    une, autre, anouk = monde.fiche.id, file_another(monde).id, monde.animatrice.id
    gestes = [
        lambda: reunir(autre, une, par=get(Compte, anouk)),
        lambda: retirer_fiche(get(Fiche, une), RAISON, par=get(Compte, anouk)),
    ]
    together(app, *(gestes if reunir_d_abord else gestes[::-1]))
    db.session.rollback()
    if get(Fiche, une).est_retiree:
        assert get(Fiche, autre).reunie_a_id is None
        assert count_fusions() == 0
    else:
        assert get(Fiche, autre).reunie_a_id == une


def test_on_separe_pendant_qu_on_retire(app: Flask, monde: Monde) -> None:
    une, autre, anouk = monde.fiche.id, file_another(monde).id, monde.animatrice.id
    reunir(autre, une, par=monde.animatrice)
    together(
        app,
        lambda: separer(autre, par=get(Compte, anouk)),
        lambda: retirer_fiche(get(Fiche, autre), RAISON, par=get(Compte, anouk)),
    )
    assert count_fusions() == 0
    assert get(Fiche, autre).reunie_a_id is None


def test_les_deux_delegues_disent_nous_aussi(app: Flask, monde: Monde) -> None:
    une, lea, promotion = monde.fiche.id, monde.lea.id, monde.autre_promotion.id

    def dire() -> None:
        soutenir(get(Fiche, une), promotion_id=promotion, personnes=6, par=get(Compte, lea))

    assert together(app, dire, dire) == [None, None]
    assert db.session.scalar(select(func.count()).select_from(Soutien)) == 1
    assert get(Fiche, une).nombre_soutiens == 1


def test_on_soutient_pendant_qu_on_reunit(app: Flask, monde: Monde) -> None:
    une, troisieme = monde.fiche.id, file_another(monde, "Le car ne vient plus").id
    lea, anouk, promotion = monde.lea.id, monde.animatrice.id, monde.autre_promotion.id
    together(
        app,
        lambda: reunir(troisieme, une, par=get(Compte, anouk)),
        lambda: soutenir(get(Fiche, une), promotion_id=promotion, personnes=6, par=get(Compte, lea)),
    )
    assert get(Fiche, une).nombre_soutiens == 1
