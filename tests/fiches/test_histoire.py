"""Pagination of the history: the page of a fiche stays bounded."""

import re
from typing import Any

import pytest

from devtools.factories import Monde, keep
from mse.core.clock import now
from mse.fiches.models import Etape
from mse.fiches.queries.histoire import PAR_PAGE
from mse.fiches.workflow import NatureEtape

TOUTES = 2 * PAR_PAGE + 3


@pytest.fixture
def bavarde(monde: Monde) -> Monde:
    """The fiche and its saisine both have a long history."""
    for numero in range(TOUTES):
        for nature, saisine_id in ((NatureEtape.PRECISION, None), (NatureEtape.ETAPE, monde.saisine.id)):
            keep(
                Etape(
                    fiche_id=monde.fiche.id,
                    saisine_id=saisine_id,
                    nature=nature,
                    le=now(),
                    texte=f"{nature} {numero}",
                    texte_html=f"<p>{nature} numéro {numero} fin</p>",
                )
            )
    return monde


def lues(page: str, nature: NatureEtape) -> list[int]:
    return [int(numero) for numero in re.findall(rf"{nature} numéro (\d+) fin", page)]


def suivantes(page: str) -> list[str]:
    return [lien.replace("&amp;", "&") for lien in re.findall(r'rel="next"\s+href="([^"#]+)', page)]


@pytest.mark.parametrize(("rang", "nature"), [(0, NatureEtape.PRECISION), (1, NatureEtape.ETAPE)])
def test_chaque_fil_se_remonte_page_par_page(
    client: Any, bavarde: Monde, rang: int, nature: NatureEtape
) -> None:
    page = client.get(f"/fiches/{bavarde.fiche.id}").text
    vues, autre = [], NatureEtape.ETAPE if rang == 0 else NatureEtape.PRECISION
    while True:
        ici = lues(page, nature)
        assert len(ici) <= PAR_PAGE
        assert len(lues(page, autre)) == PAR_PAGE  # the other thread stays on its first page
        vues = ici + vues
        liens = [lien for lien in suivantes(page) if ("fil=" in lien) == (rang == 1)]
        if not liens:
            break
        page = client.get(liens[0]).text
        assert "Revenir aux plus récentes" in page
    assert vues == list(range(TOUTES))


@pytest.mark.parametrize("suite", ["avant=x", "fil=x&avant=1", "avant=" + "9" * 400, "avant=-1"])
def test_une_adresse_inventee_se_dit(client: Any, monde: Monde, suite: str) -> None:
    page = client.get(f"/fiches/{monde.fiche.id}?{suite}")
    assert page.status_code == 422
    assert "cette page de l’historique n’est pas valable" in page.text


def test_une_page_sans_lignes_reste_une_page(client: Any, monde: Monde) -> None:
    assert client.get(f"/fiches/{monde.fiche.id}?fil=1&avant=1").status_code == 200
