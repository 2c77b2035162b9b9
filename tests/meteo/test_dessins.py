"""The map and the curve as SVG, and their accessible names and tables."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest
from flask import Flask

from mse.demarche import get_demarche
from mse.meteo.carte import dessiner
from mse.meteo.libelles import NIVEAUX, TENDANCES
from mse.meteo.mesures import Niveau, Tendance

PACA = (
    ("04", "Alpes-de-Haute-Provence"),
    ("05", "Hautes-Alpes"),
    ("06", "Alpes-Maritimes"),
    ("13", "Bouches-du-Rhône"),
    ("83", "Var"),
    ("84", "Vaucluse"),
)
HOSTILE = "<script>alert(\"1\")</script> & 'x'"


@dataclass(frozen=True)
class Etat:
    """The attributes of `mse.meteo.etats.Etat` that the map uses."""

    code: str
    nom: str
    niveau: Niveau
    indice: int | None
    tendance: Tendance | None = None
    fourchette: tuple[int, int] = (30, 90)

    @property
    def mot(self) -> str:
        return str(NIVEAUX[self.niveau])

    @property
    def mot_tendance(self) -> str:
        return str(TENDANCES[self.tendance]) if self.tendance else ""


@dataclass(frozen=True)
class Point:
    """The attributes of `mse.meteo.mesures.Releve` that the curve uses."""

    indice: float | None
    fourchette: tuple[float, float] | None
    niveau: Niveau


BROUILLARD = Point(None, None, Niveau.BROUILLARD)


@pytest.fixture
def dessins(sqlite_app: Flask) -> Iterator[Any]:
    with sqlite_app.test_request_context():
        yield sqlite_app.jinja_env.get_template("components/meteo.html").module


@pytest.fixture
def courbes(sqlite_app: Flask) -> Iterator[Any]:
    with sqlite_app.test_request_context():
        yield sqlite_app.jinja_env.get_template("components/courbe.html").module


def _map(dessins: Any, *etats: Etat) -> ElementTree.Element:
    carte = dessiner(tuple((etat.code, etat.nom) for etat in etats))
    return ElementTree.fromstring(f"<div>{dessins.carte_meteo(carte, etats)}</div>")


def _curve(courbes: Any, *points: Point) -> ElementTree.Element:
    jours = [(date(2026, rang + 1, 28), point) for rang, point in enumerate(points)]
    return ElementTree.fromstring(str(courbes.courbe(jours, get_demarche().meteo)))


def _classed(tree: ElementTree.Element, classe: str) -> list[ElementTree.Element]:
    return [element for element in tree.iter() if classe in element.get("class", "").split()]


def _text(element: ElementTree.Element) -> str:
    return " ".join(" ".join(element.itertext()).split())


def test_chaque_forme_est_un_lien_qui_dit_tout(dessins: Any) -> None:
    etats = [Etat(code, nom, Niveau.ECLAIRCIES, 62, Tendance.HAUSSE) for code, nom in PACA]
    liens = list(_map(dessins, *etats).iter("a"))
    assert [lien.get("href") for lien in liens] == [f"/meteo/{code}" for code, _nom in PACA]
    assert liens[3].get("aria-label") == (
        "Bouches-du-Rhône : éclaircies, indice 62 sur 100, sans doute entre 30 et 90, en hausse"
    )
    assert all(lien.find("path") is not None for lien in liens)


def test_la_couleur_n_est_jamais_seule(dessins: Any) -> None:
    """A label has an icon, a figure, a name and a word. It is `aria-hidden`: the link holds the same text."""
    carte = _map(dessins, Etat("13", "Bouches-du-Rhône", Niveau.PLUIE, 38))
    (repere,) = _classed(carte, "repere")
    assert _text(repere) == "38 Bouches- du-Rhône Pluie"
    assert _classed(repere, "temps")
    assert _classed(carte, "reperes")[0].get("aria-hidden") == "true"


def test_les_etiquettes_sont_peintes_apres_toutes_les_formes(dessins: Any) -> None:
    etats = [Etat(code, nom, Niveau.ORAGE, 12) for code, nom in PACA]
    svg = _map(dessins, *etats).find(".//svg")
    assert svg is not None
    assert [enfant.tag for enfant in svg] == ["defs", *["a"] * len(PACA), "g"]
    assert svg.get("role") == "group"
    assert svg.get("aria-label")


def test_le_brouillard_est_hachure_et_sans_chiffre(dessins: Any) -> None:
    carte = _map(
        dessins, Etat("84", "Vaucluse", Niveau.BROUILLARD, None), Etat("83", "Var", Niveau.PLUIE, 40)
    )
    vaucluse, var = _classed(carte, "forme")
    assert vaucluse.get("fill") == "url(#brume)"
    assert carte.find(".//pattern[@id='brume']") is not None
    assert var.get("fill") is None
    assert [_text(chiffre) for chiffre in _classed(carte, "chiffre")] == ["40"]
    assert carte.findall(".//a")[0].get("aria-label") == "Vaucluse : brouillard"


def test_ce_qui_est_agrandi_reste_un_seul_lien(dessins: Any) -> None:
    carte = _map(
        dessins, Etat("75", "Paris", Niveau.ORAGE, 9), Etat("77", "Seine-et-Marne", Niveau.PLUIE, 40)
    )
    assert [lien.get("href") for lien in carte.iter("a")] == ["/meteo/75", "/meteo/77"]
    assert len(_classed(carte, "encart-carte")) == 1
    assert len(_classed(carte, "loupe")) == 2


def test_sans_forme_une_tuile_dit_le_nom_le_mot_et_le_chiffre(dessins: Any) -> None:
    carte = _map(dessins, Etat("13-9312", "Marseille", Niveau.NUAGEUX, 52))
    assert carte.find("div") is None
    (tuile,) = carte.iter("a")
    assert tuile.get("href") == "/meteo/13-9312"
    assert _text(tuile) == "Marseille Nuageux 52"


def test_les_territoires_dans_le_brouillard_sont_replies(dessins: Any) -> None:
    carte = _map(
        dessins,
        Etat("13-9312", "Marseille", Niveau.NUAGEUX, 52),
        Etat("13-9301", "Arles", Niveau.BROUILLARD, None),
    )
    (replies,) = carte.iter("details")
    assert _text(replies) == "1 territoire dans le brouillard Arles"
    assert [_text(lien) for lien in _classed(carte, "tuiles")[0].iter("a")] == ["Marseille Nuageux 52"]


@pytest.mark.parametrize("code", ["13", "13-9312"])
def test_un_nom_hostile_reste_un_nom(dessins: Any, code: str) -> None:
    """Markup in a name is escaped, on a shape and on a tile."""
    carte = _map(dessins, Etat(code, HOSTILE, Niveau.GRAND_SOLEIL, 80))
    assert not list(carte.iter("script"))
    (lien,) = carte.iter("a")
    assert HOSTILE in (lien.get("aria-label") or _text(lien))


def test_aucun_style_en_ligne(dessins: Any, courbes: Any) -> None:
    trees = [
        _map(dessins, *(Etat(code, nom, Niveau.PLUIE, 38) for code, nom in PACA)),
        _curve(courbes, Point(62.4, (50, 71), Niveau.ECLAIRCIES), BROUILLARD),
    ]
    assert [element.tag for tree in trees for element in tree.iter() if "style" in element.attrib] == []


def test_le_tableau_de_la_courbe_dit_ses_points(courbes: Any) -> None:
    courbe = _curve(
        courbes,
        Point(62.9, (50.2, 71.1), Niveau.ECLAIRCIES),
        BROUILLARD,
        Point(75.0, (60.0, 83.0), Niveau.GRAND_SOLEIL),
    )
    lignes = [[_text(case) for case in ligne] for ligne in courbe.findall(".//tbody/tr")]
    assert lignes == [
        ["28 janvier 2026", "Éclaircies", "62", "50 et 72"],
        ["28 février 2026", "Brouillard", "", ""],
        ["28 mars 2026", "Grand soleil", "75", "60 et 83"],
    ]
    assert courbe.find(".//table/caption") is not None
    assert courbe.find("svg").get("role") == "img"  # type: ignore[union-attr]


def test_la_courbe_s_interrompt_dans_le_brouillard(courbes: Any) -> None:
    """Three months with an index, one of fog, then one with an index: a line and its band, the sign of fog,
    and the last month alone with its fourchette."""
    point = Point(50.0, (40.0, 60.0), Niveau.NUAGEUX)
    courbe = _curve(courbes, point, point, point, BROUILLARD, point)
    (trait,), (bande,), (marge,) = (_classed(courbe, classe) for classe in ("trait", "bande", "marge"))
    assert trait.get("d") == "M0 100.0L1 100.0L2 100.0M4 100.0"
    assert bande.get("d") == "M0 120.0L1 120.0V80.0L0 80.0zM1 120.0L2 120.0V80.0L1 80.0z"
    assert (marge.get("x1"), marge.get("y1"), marge.get("y2")) == ("100.0%", "120.0", "80.0")
    assert [signe.get("x") for signe in courbe.iter("svg") if signe.get("x")] == ["75.0%"]


def test_le_dernier_mois_dit_son_indice_et_son_temps(courbes: Any) -> None:
    courbe = _curve(
        courbes, Point(50.0, (40.0, 60.0), Niveau.NUAGEUX), Point(78.9, (60.0, 90.0), Niveau.GRAND_SOLEIL)
    )
    assert [_text(mot) for mot in _classed(courbe, "fort") + _classed(courbe, "mot-dernier")] == [
        "78",
        "Grand soleil",
    ]
    assert _classed(courbe, "dernier")[0].get("cx") == "100.0%"


def test_un_seul_mois_est_un_point(courbes: Any) -> None:
    courbe = _curve(courbes, Point(100.0, (70.0, 100.0), Niveau.GRAND_SOLEIL))
    assert [_classed(courbe, classe)[0].get("d") for classe in ("trait", "bande")] == ["M0 0.0", ""]
    assert [(un.get("cx"), un.get("cy")) for un in _classed(courbe, "dernier")] == [("0.0%", "0.0")]


def test_l_echelle_montre_l_indice_et_sa_fourchette(courbes: Any) -> None:
    """The words stand beside the scale, so the drawing is hidden from screen readers."""
    etat = Etat("83", "Var", Niveau.GRAND_SOLEIL, 78, fourchette=(47, 94))
    echelle = ElementTree.fromstring(str(courbes.echelle(etat, get_demarche().meteo)))
    (marge,) = _classed(echelle, "marge")
    assert (marge.get("x"), marge.get("width")) == ("47%", "47%")
    assert [rond.get("cx") for rond in echelle.findall("circle")] == ["78%"]
    assert len(_classed(echelle, "temps")) == 5
    assert echelle.get("aria-hidden") == "true"


def test_la_legende_de_la_courbe_dessine_chaque_temps(courbes: Any) -> None:
    """The legend shows the five levels other than fog."""
    legende = _classed(_curve(courbes, Point(50.0, (40.0, 60.0), Niveau.NUAGEUX)), "temps")
    assert len(legende) == 5
    assert all(len(list(temps.iter())) > 1 for temps in legende)


def test_les_seuils_de_la_demarche_sont_dits_en_chiffres_et_en_mots(courbes: Any) -> None:
    courbe = _curve(courbes, BROUILLARD)
    assert [_text(borne) for borne in _classed(courbe, "borne")] == ["100", "75", "60", "45", "30", "0"]
    assert [_text(mot) for mot in _classed(courbe, "mot")] == [
        str(mot) for niveau, mot in NIVEAUX.items() if niveau != Niveau.BROUILLARD
    ]
