"""Answering from the queue: two clicks, the fiche shown above the form, then back to the queue."""

import re
from typing import Any

import pytest

from devtools.factories import LONGUE, Monde, hidden_fields
from mse.fiches.use_cases.suivre import demander_reouverture
from mse.fiches.use_cases.traiter import prendre_en_charge, repondre_saisine

FILE = "/mon-espace?liste=a-faire"


def _bouton(page: str, mot: str) -> str:
    """Return the URL of the primary button `mot` of the queue."""
    trouve = re.search(rf'<a class="bouton" href="([^"]+)">{mot}<', page)
    assert trouve is not None, mot
    return trouve[1].replace("&amp;", "&")


def _est_montre(page: str) -> bool:
    """True if the problem of the fiche is above the part that is folded on a phone."""
    rappel = page[page.index('class="rappel"') :]
    return rappel.index('class="probleme"') < rappel.index("<details")


@pytest.mark.parametrize("prise", [True, False])
def test_repondre_est_le_bouton_et_ramene_a_la_file(monde: Monde, as_: Any, prise: bool) -> None:
    if prise:
        prendre_en_charge(monde.saisine, par=monde.agent)
    agent = as_(monde.agent)
    adresse = _bouton(agent.get("/mon-espace").text, "Répondre")
    page = agent.get(adresse).text
    assert _est_montre(page)
    for partie in ("Le premier car", "Les horaires ont changé", "Six personnes", "Commencer les cours"):
        assert partie in page
    envoyee = agent.post(adresse.partition("?")[0], data={**hidden_fields(page), "texte": LONGUE})
    assert envoyee.status_code == 303
    assert envoyee.location.startswith("/mon-espace?liste=")
    retour = agent.get(envoyee.location).text
    assert "Votre réponse est publiée." in retour
    assert f'href="/fiches/{monde.fiche.id}#saisine-{monde.saisine.id}">Voir la fiche' in retour


def test_decider_est_le_bouton_et_ramene_a_la_file(monde: Monde, as_: Any) -> None:
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    demander_reouverture(monde.saisine, "Le car arrive encore en retard.", par=monde.samira)
    agent = as_(monde.agent)
    adresse = _bouton(agent.get("/mon-espace").text, "Décider")
    page = agent.get(adresse).text
    assert _est_montre(page)
    champs = {**hidden_fields(page), "decision": "accepter", "texte": "Le car a changé d’horaire."}
    envoyee = agent.post(adresse.partition("?")[0], data=champs)
    assert envoyee.location == FILE


@pytest.mark.parametrize("ailleurs", ["https://exemple.fr/", "//exemple.fr", "javascript:alert(1)", ""])
def test_la_file_ne_mene_pas_ailleurs(monde: Monde, as_: Any, ailleurs: str) -> None:
    adresse = f"/fiches/{monde.fiche.id}/saisines/{monde.saisine.id}/reponse"
    envoyee = as_(monde.agent).poster(adresse, retour=ailleurs, texte=LONGUE)
    assert envoyee.location == f"/fiches/{monde.fiche.id}"


def test_la_deleguee_qui_precise_trouve_le_formulaire_sous_une_fiche_pliee(monde: Monde, as_: Any) -> None:
    page = as_(monde.samira).get(f"/fiches/{monde.fiche.id}/precision").text
    assert not _est_montre(page)
