"""The home page shows the last answer with its question."""

from typing import Any

import pytest

from devtools.factories import LONGUE, Monde
from mse.avis import use_cases as suivre
from mse.fiches.use_cases import traiter
from mse.fiches.workflow import NatureEtape, Valeur
from mse.moderation.use_cases import masquer_etape

pytestmark = pytest.mark.usefixtures("jour")


def test_l_accueil_montre_la_derniere_reponse_et_ce_qu_on_en_dit(client: Any, monde: Monde) -> None:
    traiter.repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    suivre.donner_avis(monde.saisine, Valeur.NON, "Le car est toujours en retard.", par=monde.samira)
    page = client.get("/").text
    assert monde.fiche.titre in page
    assert "Service Cars régionaux, 0 jour ouvré après" in page
    assert LONGUE[:40] in page
    assert "N’a pas aidé" in page


def test_une_reponse_masquee_ne_se_lit_plus_a_l_accueil(client: Any, monde: Monde) -> None:
    traiter.repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    reponse = next(etape for etape in monde.fiche.etapes if etape.nature == NatureEtape.REPONSE)
    masquer_etape(reponse, "Un nom y figurait.", par=monde.animatrice)
    page = client.get("/").text
    assert monde.fiche.titre in page
    assert LONGUE[:40] not in page
