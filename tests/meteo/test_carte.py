"""Outlines of the départements, and the maps drawn from them: the eighteen régions and unusual sets."""

import csv
import json
import re
from collections import defaultdict
from importlib import resources
from itertools import combinations
from typing import Any

import pytest

from mse.meteo.carte import LARGEUR, Carte, Forme, dessiner
from mse.meteo.etiquettes import Etiquette, Place, couper, poser

COG = resources.files("mse.demarche")
DONNEES = resources.files("mse.meteo") / "donnees" / "departements.json"
PETITE_COURONNE = {"75", "92", "93", "94"}


def _departements() -> list[dict[str, str]]:
    lignes = csv.DictReader((COG / "cog_departements.csv").read_text("utf-8").splitlines())
    return [ligne for ligne in lignes if ligne["zone"] != "com"]


REGIONS: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
for departement in _departements():
    REGIONS[departement["nom_region"]].append((departement["code"], departement["nom"].replace("'", "’")))


def _carte(*codes: str) -> Carte:
    return dessiner(tuple((code, f"Lieu {code}") for code in codes))


def _outlines(trace: str) -> list[list[tuple[int, int]]]:
    outlines = []
    for part in trace.split("z")[:-1]:
        numbers = [int(number) for number in re.findall(r"-?\d+", part)]
        x, y, outline = 0, 0, []
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            outline.append((x, y))
        outlines.append(outline)
    return outlines


def _contains(trace: str, x: float, y: float) -> bool:
    inside = False
    for outline in _outlines(trace):
        for (ax, ay), (bx, by) in zip(outline, outline[1:] + outline[:1], strict=True):
            if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
                inside = not inside
    return inside


def _box(forme: Forme) -> Etiquette:
    """The label of a forme, placed by the centre of its weather icon."""
    box = Etiquette(forme.code, forme.x, forme.y, forme.lignes, forme.taille)
    box.y += forme.y - box.milieu_du_dessin
    return box


@pytest.fixture(scope="module")
def donnees() -> list[dict[str, Any]]:
    lues: list[dict[str, Any]] = json.loads(DONNEES.read_text("utf-8"))
    return lues


def test_les_cent_un_departements_ont_leur_forme_et_leur_nom(donnees: list[dict[str, Any]]) -> None:
    attendus = {ligne["code"]: ligne["nom"].replace("'", "’") for ligne in _departements()}
    assert len(attendus) == 101
    assert {forme["code"]: forme["nom"] for forme in donnees} == attendus


def test_les_formes_sont_en_nombres_entiers_et_legeres(donnees: list[dict[str, Any]]) -> None:
    assert len(DONNEES.read_bytes()) <= 150_000
    assert all(re.fullmatch(r"(M-?\d+[ -]\d+l[-\d ]+z)+", forme["path"]) for forme in donnees)


def test_le_milieu_d_une_etiquette_est_dans_sa_forme(donnees: list[dict[str, Any]]) -> None:
    assert [f["code"] for f in donnees if not _contains(f["path"], f["x"] + 0.5, f["y"] + 0.5)] == []


def test_une_frontiere_est_la_meme_des_deux_cotes(donnees: list[dict[str, Any]]) -> None:
    """Neighbours share the points of their border, so that simplification leaves no gap."""
    points = {f["code"]: {p for outline in _outlines(f["path"]) for p in outline} for f in donnees}
    for ici, voisin in (("83", "13"), ("2A", "2B"), ("75", "92"), ("65", "64"), ("26", "84")):
        assert len(points[ici] & points[voisin]) >= 5, (ici, voisin)


@pytest.mark.parametrize("region", REGIONS)
def test_une_region_se_lit(region: str) -> None:
    """Shapes and labels lie within the frame. Each label lies in its own shape. No labels overlap."""
    carte = dessiner(tuple(REGIONS[region]))
    assert [forme.code for forme in carte.formes] == [code for code, _nom in REGIONS[region]]
    assert carte.sans_forme == ()
    boxes = [_box(forme) for forme in carte.formes]
    for forme, box in zip(carte.formes, boxes, strict=True):
        points = [point for outline in _outlines(forme.trace) for point in outline]
        assert all(0 <= x <= LARGEUR and 0 <= y <= carte.hauteur for x, y in points)
        assert _contains(forme.trace, box.x + 0.5, box.y + 0.5), forme.code
        assert 0 <= box.x - box.largeur / 2 < box.x + box.largeur / 2 <= LARGEUR
        assert 0 <= box.y - box.hauteur / 2 < box.y + box.hauteur / 2 <= carte.hauteur
        assert 1 <= len(forme.lignes) <= 2
    for une, autre in combinations(boxes, 2):
        apart = (
            abs(une.x - autre.x) + 2 >= (une.largeur + autre.largeur) / 2
            or abs(une.y - autre.y) + 2 >= (une.hauteur + autre.hauteur) / 2
        )
        assert apart, (une.code, autre.code)


def test_paris_et_ses_voisins_sont_dessines_une_fois_de_plus_en_grand() -> None:
    carte = dessiner(tuple(REGIONS["Île-de-France"]))
    (encart,) = carte.encarts
    for forme in carte.formes:
        agrandie = forme.code in PETITE_COURONNE
        assert len(_outlines(forme.trace)) == (2 if agrandie else 1)
        assert (forme.y > encart.y) == agrandie
    assert carte.loupe
    assert carte.loupe.largeur < encart.largeur


def test_seuls_ils_n_ont_pas_besoin_de_loupe() -> None:
    carte = _carte(*PETITE_COURONNE)
    assert carte.loupe is None
    assert carte.encarts == ()


def test_une_ile_a_son_plan_et_son_cadre() -> None:
    """With the Var, La Réunion is drawn in an inset below it. Alone it needs no inset."""
    carte = _carte("83", "974")
    (encart,) = carte.encarts
    var, reunion = carte.formes
    assert var.y < encart.y < reunion.y
    assert carte.loupe is None
    assert _carte("974").encarts == ()


def test_ce_qui_n_a_pas_de_forme_est_nomme_dans_l_ordre() -> None:
    carte = _carte("975", "13", "13-9312", "rien")
    assert [forme.code for forme in carte.formes] == ["13"]
    assert carte.sans_forme == ("975", "13-9312", "rien")
    vide = _carte("rien")
    assert (vide.formes, vide.sans_forme) == ((), ("rien",))
    assert dessiner(()).formes == ()


def test_la_france_entiere_ne_garde_que_les_dessins() -> None:
    carte = _carte(*(ligne["code"] for ligne in _departements()))
    assert len(carte.formes) == 101
    assert {forme.lignes for forme in carte.formes} == {()}


def test_un_nom_long_se_coupe_ou_on_respire() -> None:
    assert couper("Alpes-de-Haute-Provence") == ("Alpes-de-", "Haute-Provence")
    assert couper("Territoire de Belfort") == ("Territoire", "de Belfort")
    assert couper("Hautes-Alpes") == ("Hautes-Alpes",)
    assert couper("Anticonstitutionnellement") == ("Anticonstitutionnellement",)


def test_deux_etiquettes_au_meme_endroit_s_ecartent() -> None:
    une, autre = poser([Place("a", 100, 100, 50), Place("b", 100, 100, 50)], {"a": "Ain", "b": "Var"})
    assert abs(une.y - autre.y) >= une.hauteur - 1 or abs(une.x - autre.x) >= une.largeur - 1
