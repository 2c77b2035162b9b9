"""Concurrency: two workers, or a double click."""

from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select

from devtools.factories import Monde
from mse.comptes.models import Compte
from mse.core.clock import today
from mse.extensions import db
from mse.meteo.models import Bulletin, JourMeteo
from mse.meteo.use_cases import actualiser, composer_bulletin
from mse.suivis.models import Abonne
from tests.concurrency import get, together
from tests.suivis.test_bulletins import demander

pytestmark = pytest.mark.parametrize("app", ["postgresql"], indirect=True)


def count(modele: type) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(modele)) or 0


def test_deux_workers_comptent_le_meme_jour(app: Flask, monde: Monde) -> None:
    actualiser()
    assert together(app, actualiser, actualiser) == [None, None]
    assert count(JourMeteo) == 1


def test_un_double_clic_ne_commence_qu_un_bulletin(app: Flask, monde: Monde) -> None:
    cle, anouk = str(uuid4()), monde.animatrice.id

    def clic() -> None:
        texte = "Un mois de soleil et de pluie."
        composer_bulletin(cle=cle, titre="Mars", texte=texte, jour=today(), par=get(Compte, anouk))

    assert together(app, clic, clic) == [None, None]
    assert count(Bulletin) == 1


def test_un_double_clic_n_abonne_qu_une_fois(app: Flask) -> None:
    def clic() -> None:
        demander("lectrice@exemple.fr")

    assert together(app, clic, clic) == [None, None]
    assert count(Abonne) == 1
