"""Threads that wait for somebody who has just joined an acteur: none that a colleague had read before."""

from datetime import timedelta
from typing import Any

import pytest

from devtools.factories import JOUR, Monde
from mse.annuaire.models import Acteur
from mse.annuaire.use_cases.agents import accueillir_agent
from mse.comptes.models import Compte
from mse.core.clock import at, now
from mse.echanges.queries import read_page
from mse.extensions import db
from mse.responsables.use_cases import transferer_saisine
from tests.echanges.test_messages import MOTIF, QUESTION, attendent, ecrire, ouvrir

pytestmark = pytest.mark.usefixtures("jour")
PLUS_TARD = JOUR + timedelta(days=10)


def arriver(acteur: Acteur, par: Compte) -> Compte:
    """Somebody joins the acteur today."""
    qui = {"prenom": "Nora", "nom": "Fictive", "courriel": "nora@exemple.fr", "referent": False}
    appartenance = accueillir_agent(acteur, par=par, **qui)  # type: ignore[arg-type]
    appartenance.compte.active_le = now()
    db.session.commit()
    return appartenance.compte


def lectures(monde: Monde) -> list[Any]:
    """What Samira reads below her last message: who has read it, and when."""
    return list(read_page(monde.saisine, monde.samira).lignes[-1].lectures)


def test_ce_que_l_equipe_a_lu_avant_son_arrivee_ne_l_attend_pas(monde: Monde) -> None:
    ecrire(monde.saisine, QUESTION, monde.samira)
    ouvrir(monde.saisine, monde.agent)
    assert attendent(monde.referent) == [monde.fiche.titre]  # of the team when the message came
    with at(PLUS_TARD):
        avant = lectures(monde)
        nora = arriver(monde.transports, monde.referent)
        assert attendent(nora) == []
        assert lectures(monde) == avant
        ecrire(monde.saisine, "Et le mercredi ?", monde.samira)
        ouvrir(monde.saisine, monde.agent)
        assert attendent(nora) == [monde.fiche.titre]
        ouvrir(monde.saisine, nora)
        assert attendent(nora) == []


def test_ce_que_personne_n_a_lu_l_attend(monde: Monde) -> None:
    ecrire(monde.saisine, QUESTION, monde.samira)
    with at(PLUS_TARD):
        nora = arriver(monde.transports, monde.referent)
        assert attendent(nora) == [monde.fiche.titre]
        ouvrir(monde.saisine, monde.agent)
        assert attendent(nora) == [monde.fiche.titre]


def test_ce_qu_un_ancien_responsable_a_lu_attend_le_nouveau(monde: Monde) -> None:
    ecrire(monde.saisine, QUESTION, monde.samira)
    ouvrir(monde.saisine, monde.agent)
    transferer_saisine(monde.saisine, monde.remuneration.id, MOTIF, par=monde.agent)
    with at(PLUS_TARD):
        assert attendent(arriver(monde.remuneration, monde.animatrice)) == [monde.fiche.titre]
