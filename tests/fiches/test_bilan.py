"""The figures of an acteur’s page."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import select

from devtools.factories import JOUR, LONGUE, Monde, make_fiche
from mse.annuaire.models import Acteur
from mse.core.clock import at, today
from mse.core.errors import ErreurMetier
from mse.extensions import db
from mse.fiches.models import Saisine
from mse.fiches.queries.bilan import Bilan, get_bilan
from mse.fiches.urgence import Urgence
from mse.fiches.use_cases import traiter
from mse.fiches.workflow import Publication, Statut
from mse.moderation import use_cases as moderer
from mse.responsables.use_cases import elargir_fiche, transferer_saisine

pytestmark = pytest.mark.usefixtures("jour")

TARD = (Urgence.EN_RETARD, Urgence.TRES_EN_RETARD)
MOTIF = "Ces horaires dépendent de vous, pas de nous."


def _recompter(acteur: Acteur) -> Bilan:
    """Count from the rows, as the page defines each figure."""
    publiques = [
        saisine
        for saisine in db.session.scalars(select(Saisine).where(Saisine.acteur_id == acteur.id))
        if saisine.fiche.publication == Publication.PUBLIEE
    ]
    statuts = [saisine.statut for saisine in publiques]
    repondues = [
        saisine
        for saisine in publiques
        if saisine.derniere_reponse_le
        and (saisine.transferee_le is None or saisine.derniere_reponse_le >= saisine.transferee_le)
    ]
    acquises = statuts.count(Statut.REPONSE) + statuts.count(Statut.REGLEE)
    return Bilan(
        **{statut.value: statuts.count(statut) for statut in Statut},
        en_retard=sum(saisine.urgence(today()) in TARD for saisine in publiques),
        reprises=len(repondues) - acquises,
    )


def _gestes(monde: Monde, saisine: Saisine, autre: Acteur) -> list[Callable[[], Any]]:
    agent = monde.agent if saisine.acteur_id == monde.transports.id else monde.autre_agent
    fiche = saisine.fiche
    return [
        lambda: traiter.repondre_saisine(saisine, LONGUE, par=agent),
        lambda: traiter.regler_saisine(saisine, LONGUE, par=agent),
        lambda: traiter.abandonner_saisine(saisine, LONGUE, par=agent),
        lambda: traiter.rouvrir_saisine(saisine, MOTIF, par=agent),
        lambda: transferer_saisine(saisine, autre.id, MOTIF, par=agent),
        lambda: elargir_fiche(fiche, autre.id, MOTIF, par=agent),
        lambda: moderer.retirer_fiche(fiche, MOTIF, par=monde.animatrice),
        lambda: moderer.retablir_fiche(fiche, par=monde.animatrice),
    ]


@pytest.mark.parametrize("graine", range(3))
def test_le_bilan_dit_ce_que_disent_les_saisines(monde: Monde, graine: int) -> None:
    hasard, acteurs = Random(graine), [monde.transports, monde.remuneration]
    with at(JOUR):
        fiches = [make_fiche(monde.promotion, monde.samira, hasard.choice(acteurs)) for _ in range(6)]
    reussis = 0
    for heure in range(60):
        with at(JOUR + timedelta(hours=12 * heure)):
            saisine = hasard.choice(hasard.choice(fiches).saisines)
            autre = next(acteur for acteur in acteurs if acteur.id != saisine.acteur_id)
            with suppress(ErreurMetier):
                hasard.choice(_gestes(monde, saisine, autre))()
                reussis += 1
            assert [get_bilan(acteur.id, le=today()) for acteur in acteurs] == [
                _recompter(acteur) for acteur in acteurs
            ]
    assert reussis > 15


def test_une_fiche_retiree_ne_compte_plus(monde: Monde) -> None:
    avant = get_bilan(monde.transports.id, le=today())
    moderer.retirer_fiche(monde.fiche, MOTIF, par=monde.animatrice)
    assert get_bilan(monde.transports.id, le=today()).recues == avant.recues - 1
    moderer.retablir_fiche(monde.fiche, par=monde.animatrice)
    assert get_bilan(monde.transports.id, le=today()) == avant
