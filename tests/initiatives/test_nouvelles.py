"""Simultaneous clicks publish a piece of news once, on both databases."""

from flask import Flask
from sqlalchemy import func, select

from devtools.factories import Monde, make_initiative
from mse.comptes.models import Compte
from mse.extensions import db
from mse.initiatives.models import Initiative, LigneInitiative
from mse.initiatives.use_cases import donner_nouvelle
from mse.initiatives.workflow import Nature
from tests.concurrency import get, together


def test_deux_clics_dans_le_meme_instant_donnent_une_nouvelle(app: Flask, monde: Monde) -> None:
    quoi, samira = make_initiative(monde.promotion, monde.samira).id, monde.samira.id

    def clic() -> None:
        donner_nouvelle(get(Initiative, quoi), "Le guide est imprimé.", par=get(Compte, samira))

    assert together(app, clic, clic, clic) == [None, None, None]
    nouvelles = select(func.count()).where(
        LigneInitiative.initiative_id == quoi, LigneInitiative.nature == Nature.NOUVELLE
    )
    assert db.session.scalar(nouvelles) == 1
