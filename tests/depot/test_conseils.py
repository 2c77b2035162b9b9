"""Hints on a text: few on the right texts of the demonstration, some on the texts put in the wrong place."""

import json
from typing import Any

import pytest

from devtools.factories import Monde, hidden_fields, make_brouillon
from mse.config import RESOURCES
from mse.depot.conseils import conseiller
from mse.fiches.models import PARTIES

EXEMPLES = RESOURCES / "mse" / "demo" / "donnees" / "fiches_exemples.json"


def _list_genres(partie: str, texte: str) -> list[str]:
    return [conseil.genre for conseil in conseiller(partie, texte)]


@pytest.mark.parametrize(
    ("partie", "texte", "genres"),
    [
        ("probleme", "Le car arrive à 8 h 42.", []),
        ("probleme", "Il faudrait un car plus tôt.", ["solution"]),
        ("probleme", "Le car est en retard. Changer l’horaire.", ["solution"]),
        ("probleme", "Hier, le car de 8 h n’est pas passé.", []),
        ("probleme", "On nous demande d’acheter nos chaussures.", []),
        ("causes", "On devrait commencer plus tard.", ["solution"]),
        ("causes", "L’horaire a changé. Du coup nous sommes en retard.", ["consequences"]),
        ("consequences", "Nous sommes en retard parce que l’horaire a changé.", ["causes"]),
        ("consequences", "Six personnes prennent le car et arrivent en retard.", []),
        ("solution", "Il faudrait un car plus tôt.", []),
        ("solution", "", []),
        ("probleme", "mot " * 25, []),
        ("probleme", "mot " * 26, ["longue"]),
        ("effectif", "12", []),
    ],
)
@pytest.mark.usefixtures("sqlite_app")
def test_un_conseil_par_genre(partie: str, texte: str, genres: list[str]) -> None:
    assert _list_genres(partie, texte) == genres


def test_peu_de_conseils_sur_des_textes_a_leur_place(app: Any) -> None:
    fiches = json.loads(EXEMPLES.read_text("utf-8"))["fiches"]
    places = [_list_genres(partie, fiche[partie]) for fiche in fiches for partie in PARTIES]
    assert sum(genre != "longue" for genres in places for genre in genres) == 0
    assert sum("longue" in genres for genres in places) <= len(places) * 0.01
    solutions = [_list_genres("probleme", fiche["solution"]) for fiche in fiches]
    assert sum("solution" in genres for genres in solutions) >= len(fiches) * 0.2


def test_le_conseil_se_lit_avec_et_sans_script_et_ne_bloque_rien(monde: Monde, as_: Any) -> None:
    fiche = make_brouillon(monde.promotion, monde.samira)
    samira, page = as_(monde.samira), f"/fiches/{fiche.id}/brouillon/causes"
    cachees = hidden_fields(samira.get(page).text)
    texte = "Il faudrait changer l’horaire."
    garde = samira.post(
        f"{page}/garde", data={**cachees, "causes": texte}, headers={"Accept": "application/json"}
    )
    assert garde.json["conseils"] == [
        "«\u202fil faudrait\u202f»\u202f: cela ressemble à une solution. Une question est faite pour elle."
    ]
    assert samira.poster(page, causes=texte).status_code == 303
    relecture = samira.get(f"/fiches/{fiche.id}/brouillon/relecture").text
    for html in (samira.get(page).text, relecture):
        assert "cela ressemble à une solution" in html
    for etape in ("theme", "probleme", "causes", "consequences", "solution", "effectif"):
        assert f'brouillon/{etape}">Modifier' in relecture
    assert samira.poster(f"/fiches/{fiche.id}/brouillon/relecture").status_code == 303
