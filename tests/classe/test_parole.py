"""A promotion that took part expresses itself in the météo."""

from datetime import timedelta

import pytest
from flask import Flask

from devtools.factories import Monde, make_delegue, make_promotion
from mse.classe.use_cases.contribuer import dire_concerne
from mse.classe.use_cases.reprendre import ecarter_contribution, reprendre_contribution
from mse.core.cache import clear_caches
from mse.core.clock import today
from mse.depot.use_cases.deposer import supprimer_brouillon
from mse.meteo.mesures import Chiffre, Mesure
from mse.meteo.queries.chiffres import count_releves
from tests.classe.classe import open_class, send, sender


@pytest.fixture
def muette(monde: Monde) -> Monde:
    """The same people, but Samira's promotion has filed nothing in the window."""
    monde.promotion = make_promotion(monde.lavande, "Jardinier")
    monde.samira = make_delegue(monde.promotion, "Nour")
    return monde


def expression(jours: int = 0) -> Chiffre:
    clear_caches()
    return count_releves(["13"], today() + timedelta(days=jours), 90)["13"][Mesure.EXPRESSION]


def test_une_contribution_est_une_parole_pendant_une_periode(app: Flask, muette: Monde) -> None:
    _fiche, lien = open_class(muette)
    assert expression() == Chiffre(1, 2)
    send(lien)
    assert expression() == Chiffre(2, 2)
    assert expression(89) == Chiffre(2, 2)
    assert expression(90) == Chiffre(0, 2)


def test_je_suis_concerne_est_une_parole(app: Flask, muette: Monde) -> None:
    _fiche, lien = open_class(muette)
    dire_concerne(de=sender(lien))
    assert expression() == Chiffre(2, 2)


def test_ce_que_les_delegues_en_font_ne_baisse_rien(app: Flask, muette: Monde) -> None:
    fiche, lien = open_class(muette)
    une, autre = send(lien), send(lien)
    reprendre_contribution(une, par=muette.samira)
    ecarter_contribution(autre, par=muette.samira)
    assert expression() == Chiffre(2, 2)
    supprimer_brouillon(fiche, par=muette.samira)
    assert expression() == Chiffre(2, 2)
