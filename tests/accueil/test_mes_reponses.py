"""«Ce que j’ai répondu»: the answers of one person, newest first."""

from typing import Any

import pytest

from devtools.factories import LONGUE, Monde, make_fiche
from mse.accueil import reponses
from mse.accueil.reponses import list_repondues
from mse.avis.use_cases import donner_avis
from mse.fiches.api import Valeur
from mse.fiches.use_cases.traiter import regler_saisine, repondre_saisine
from mse.moderation.use_cases import retirer_fiche


def test_chacun_lit_ses_reponses_et_ce_que_les_delegues_en_disent(monde: Monde, as_: Any) -> None:
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    donner_avis(monde.saisine, Valeur.OUI, "", par=monde.samira)
    page = as_(monde.agent).get("/mon-espace/reponses").text
    assert monde.fiche.titre in page
    assert "A aidé" in page
    for autre in (monde.referent, monde.samira):
        assert monde.fiche.titre not in as_(autre).get("/mon-espace/reponses").text


def test_les_reponses_se_lisent_par_pages(monde: Monde, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reponses, "PAR_PAGE", 1)
    autre = make_fiche(monde.promotion, monde.samira, monde.transports)
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    regler_saisine(autre.saisines[0], LONGUE, par=monde.agent)
    premiere = list_repondues(monde.agent)
    assert [une.fiche_id for une in premiere.rows] == [autre.id]
    seconde = list_repondues(monde.agent, premiere.next)
    assert [une.fiche_id for une in seconde.rows] == [monde.fiche.id]
    assert seconde.next is None


def test_une_fiche_retiree_ne_s_y_lit_plus(monde: Monde) -> None:
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    retirer_fiche(monde.fiche, "Contient un nom de famille.", par=monde.animatrice)
    assert not list_repondues(monde.agent).rows
