"""E-mails of a promotion that continues another one."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from devtools.factories import LONGUE, Monde, make_agent, make_delegue, make_promotion
from mse.core.clock import today
from mse.extensions import db
from mse.fiches.use_cases.traiter import repondre_saisine
from mse.representation.models import Mandat
from mse.representation.use_cases.promotions import creer_promotion
from tests.notifications.conftest import addresses, take_mails


@pytest.fixture
def monde(monde: Monde) -> Monde:
    take_mails()
    return monde


def test_la_promotion_qui_continue_herite_des_courriels(monde: Monde) -> None:
    suite = make_promotion(monde.lavande, "Agent de cuisine, session 2", succede_a=monde.promotion)
    nouvelle = make_delegue(suite, "Nadia")
    for mandat in db.session.scalars(select(Mandat).where(Mandat.promotion_id == monde.promotion.id)):
        mandat.fin = mandat.fin or today() - timedelta(days=1)
    db.session.commit()
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    assert addresses(take_mails()) == {
        nouvelle.courriel,
        monde.samira.courriel,
    }  # the author still gets the answer


def test_qui_parlait_pour_la_promotion_apprend_qu_une_autre_la_continue(monde: Monde) -> None:
    nadege, fin = make_agent(monde.lavande, "Nadege"), monde.promotion.fin
    champs = {"titre": "Session 2", "commune_code": "84003", "debut": fin, "fin": fin, "effectif": 9}
    creer_promotion(monde.lavande, succede_a=monde.promotion, par=nadege, **champs)
    mails = take_mails()
    assert addresses(mails) == {m.compte.courriel for m in monde.promotion.mandats}
    assert all("« Session 2 » continue la vôtre" in (mail.texte or "") for mail in mails)
