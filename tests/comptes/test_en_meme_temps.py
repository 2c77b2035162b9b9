"""Concurrent sign-in and change of password."""

from typing import Any

import pytest
from flask import Flask

from mse.comptes.models import Compte
from mse.comptes.queries import get_session
from mse.comptes.rate_limits import SignInLimits
from mse.comptes.use_cases import changer_mot_de_passe, proposer_courriel, se_connecter
from mse.core.clock import now
from mse.extensions import db
from tests.comptes.gens import AUTRE_MDP, MDP, make_inscrit
from tests.concurrency import get, together
from tests.notifications.conftest import take_mails

pytestmark = pytest.mark.parametrize("app", ["postgresql"], indirect=True)


def test_on_entre_pendant_que_le_mot_de_passe_change(app: Flask) -> None:
    """A concurrent sign-in with the old password is refused, or its session is closed with the others."""
    nora = make_inscrit("Nora")
    qui, courriel, frein = nora.id, nora.courriel or "", SignInLimits(secret="s")
    entrees: list[Any] = []
    together(
        app,
        lambda: changer_mot_de_passe(AUTRE_MDP, ancien=MDP, session=None, frein=frein, par=get(Compte, qui)),
        lambda: entrees.append(se_connecter(courriel, MDP, adresse=None, frein=frein)),
    )
    db.session.rollback()
    [entree] = entrees
    assert entree.reference is None or get_session(entree.reference, le=now()) is None


def test_la_meme_adresse_proposee_deux_fois_recoit_un_courriel(app: Flask) -> None:
    nora = make_inscrit("Nora")
    qui, frein = nora.id, SignInLimits(secret="s")

    def propose() -> bool:
        return proposer_courriel("neuve@exemple.fr", mot_de_passe=MDP, frein=frein, par=get(Compte, qui))

    assert together(app, propose, propose) == [None, None]
    assert [mail.destinataire for mail in take_mails()] == ["neuve@exemple.fr"]
