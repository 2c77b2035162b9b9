"""A step that saves itself: what the script of the page sends and receives."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from devtools.factories import Monde, hidden_fields, keep, make_brouillon
from mse.core.clock import now
from mse.depot.use_cases.deposer import deposer_fiche
from mse.extensions import db
from mse.fiches.models import Fiche
from mse.journal.models import LigneJournal

JSON = {"Accept": "application/json"}


@pytest.fixture
def brouillon(monde: Monde) -> Fiche:
    return make_brouillon(monde.promotion, monde.samira)


def _page(fiche: Fiche, etape: str = "causes") -> str:
    return f"/fiches/{fiche.id}/brouillon/{etape}"


def _garder(qui: Any, page: str, lue: dict[str, str] | None = None, **champs: Any) -> Any:
    """Send a step like its script. `lue`: the hidden fields of a page opened earlier."""
    cachees = lue or hidden_fields(qui.get(page).text)
    return qui.post(f"{page}/garde", data={**cachees, **champs}, headers=JSON)


def test_un_texte_commence_se_garde_et_rend_sa_version(brouillon: Fiche, monde: Monde, as_: Any) -> None:
    samira = as_(monde.samira)
    lue = hidden_fields(samira.get(_page(brouillon, "probleme")).text)
    reponse = _garder(samira, _page(brouillon, "probleme"), lue, probleme="Le car", titre="")
    assert reponse.status_code == 200
    assert reponse.json["garde"].startswith("Enregistré à ")
    assert reponse.json["version"] != lue["version"]
    suite = {**lue, "version": reponse.json["version"]}
    assert (
        _garder(samira, _page(brouillon, "probleme"), suite, probleme="Le car part", titre="").status_code
        == 200
    )
    assert samira.get(f"{_page(brouillon, 'probleme')}/garde", headers=JSON).json["probleme"] == "Le car part"


def test_deux_telephones_le_second_recoit_l_autre_texte(brouillon: Fiche, monde: Monde, as_: Any) -> None:
    samira, karim = as_(monde.samira), as_(monde.karim)
    vues = [hidden_fields(qui.get(_page(brouillon)).text) for qui in (samira, karim)]
    assert _garder(samira, _page(brouillon), vues[0], causes="Écrit par Samira.").status_code == 200
    refus = _garder(karim, _page(brouillon), vues[1], causes="Écrit par Karim.")
    assert refus.status_code == 409
    assert refus.json["actuel"]["causes"] == "Écrit par Samira."
    vue = {**vues[1], "version": refus.json["actuel"]["version"]}
    assert _garder(karim, _page(brouillon), vue, causes="Écrit par les deux.").status_code == 200


def test_deux_etapes_s_ecrivent_en_meme_temps(brouillon: Fiche, monde: Monde, as_: Any) -> None:
    samira, karim = as_(monde.samira), as_(monde.karim)
    lue = hidden_fields(karim.get(_page(brouillon, "solution")).text)
    assert _garder(samira, _page(brouillon), causes="Écrit par Samira.").status_code == 200
    assert _garder(karim, _page(brouillon, "solution"), lue, solution="Écrit par Karim.").status_code == 200
    assert samira.poster(_page(brouillon, "solution"), solution="Puis par Samira.").status_code == 303


def test_un_texte_trop_long_est_refuse_avec_une_phrase(brouillon: Fiche, monde: Monde, as_: Any) -> None:
    refus = _garder(as_(monde.samira), _page(brouillon), causes="é" * 5001)
    assert refus.status_code == 422
    assert "trop long" in refus.json["phrase"]


def test_une_session_fermee_puis_rouverte(brouillon: Fiche, monde: Monde, as_: Any, client: Any) -> None:
    """The script is told to sign in; after that it receives a token, and for whom."""
    samira = as_(monde.samira)
    lue = hidden_fields(samira.get(_page(brouillon)).text)
    refus = _garder(client, _page(brouillon), {**lue}, causes="Écrit sans session.")
    assert (refus.status_code, refus.is_json) == (401, True)
    rouverte = as_(monde.samira)
    ancien = _garder(rouverte, _page(brouillon), {**lue, "csrf_token": "ancien"}, causes="Écrit avant.")
    assert ancien.status_code == 400
    assert f'data-compte="{ancien.json["compte"]}"' in samira.get(_page(brouillon)).text
    neuf = {**lue, "csrf_token": ancien.json["jeton"]}
    assert _garder(rouverte, _page(brouillon), neuf, causes="Écrit avant.").status_code == 200


def test_une_fiche_deposee_entre_temps_ne_rend_pas_d_autre_texte(monde: Monde, as_: Any) -> None:
    fiche = make_brouillon(monde.promotion, monde.samira)
    samira = as_(monde.samira)
    lue = hidden_fields(samira.get(_page(fiche)).text)
    deposer_fiche(fiche, par=monde.karim)
    refus = _garder(samira, _page(fiche), lue, causes="Trop tard.")
    assert refus.status_code == 409
    assert "déposée" in refus.json["phrase"]
    assert "actuel" not in refus.json


def test_le_journal_a_une_ligne_par_moment_d_ecriture(brouillon: Fiche, monde: Monde, as_: Any) -> None:
    lignes = select(func.count()).where(LigneJournal.action == "brouillon_ecrit")
    samira, avant = as_(monde.samira), db.session.scalar(lignes) or 0
    brouillon.modifiee_le = now() - timedelta(minutes=11)
    keep(brouillon)
    for texte in ("Le", "Le car", "Le car a changé d’heure."):
        assert _garder(samira, _page(brouillon), causes=texte).status_code == 200
    assert db.session.scalar(lignes) == avant + 1


def test_chaque_compte_a_sa_cle_et_un_visiteur_aucune(monde: Monde, as_: Any, client: Any) -> None:
    cles = set()
    for personne in (monde.samira, monde.karim):
        page = as_(personne).get("/mon-espace").text
        cles.add(page.partition('data-compte="')[2].partition('"')[0])
        assert page.partition('data-compte="')[2].partition('"')[0] in as_(personne).get("/").text
    assert len(cles - {""}) == 2
    assert "data-compte" not in client.get("/").text


def test_seules_les_etapes_ecrites_se_gardent(brouillon: Fiche, monde: Monde, as_: Any) -> None:
    samira = as_(monde.samira)
    assert "data-autosave" in samira.get(_page(brouillon)).text
    for etape in ("theme", "destinataires", "relecture", "rien"):
        assert samira.get(f"{_page(brouillon, etape)}/garde", headers=JSON).status_code == 404
    retour = samira.poster(f"{_page(brouillon)}/garde", _page(brouillon), causes="Sans script.")
    assert (retour.status_code, retour.location) == (303, _page(brouillon))
