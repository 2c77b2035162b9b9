"""A transfer while the new owner is being closed."""

import pytest
from flask import Flask

from devtools.factories import Monde
from mse.annuaire.models import Acteur
from mse.annuaire.use_cases.gerer import fermer_acteur
from mse.comptes.models import Compte
from mse.core.errors import DonneeInvalide
from mse.extensions import db
from mse.fiches.models import Saisine
from mse.responsables.use_cases import transferer_saisine
from tests.concurrency import get, together

pytestmark = pytest.mark.parametrize("app", ["postgresql"], indirect=True)
MOTIF = "Cette question relève de la rémunération."


def test_on_transfere_a_un_acteur_qui_ferme(app: Flask, monde: Monde) -> None:
    saisine, acteur = monde.saisine.id, monde.remuneration.id
    anouk, agent, transports = monde.animatrice.id, monde.agent.id, monde.transports.id
    ferme, refus = together(
        app,
        lambda: fermer_acteur(get(Acteur, acteur), par=get(Compte, anouk)),
        lambda: transferer_saisine(get(Saisine, saisine), acteur, MOTIF, par=get(Compte, agent)),
    )
    assert ferme is None
    assert isinstance(refus, DonneeInvalide)
    db.session.expire_all()
    assert get(Saisine, saisine).acteur_id == transports
