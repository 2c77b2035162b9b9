"""Shapes of départements for a map of any région, pure. The data: donnees/faire_departements.py."""

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

LARGEUR = 700  # what a map is drawn for, in the units of its words and drawings
DESSIN, MOTS = 56, 15  # the size of a drawing and of the words at that width
OUTRE_MER = "97"  # each is drawn in a plane of its own: alone on its map or not at all


@dataclass(frozen=True)
class Forme:
    code: str
    trace: str
    x: float  # the middle of its label
    y: float
    dessin: float  # the size of its drawing
    lignes: tuple[str, ...]  # its name, on at most two lines; none where there is no room


@dataclass(frozen=True)
class Carte:
    """`mots`: the size of the words. `sans_forme`: the codes that no shape is known of."""

    cadre: str  # viewBox
    mots: float
    formes: tuple[Forme, ...]
    sans_forme: tuple[str, ...]


@cache
def dessiner(lieux: tuple[tuple[str, str], ...]) -> Carte:
    """`lieux`: codes and names, as the démarche calls them."""
    connus = _read()
    formes = {code: connus[code] for code, _nom in lieux if code in connus}
    if len(formes) > 1:
        formes = {code: forme for code, forme in formes.items() if not code.startswith(OUTRE_MER)}
    sans_forme = tuple(code for code, _nom in lieux if code not in formes)
    if not formes:
        return Carte("0 0 1 1", 0, (), sans_forme)
    boites = [forme["boite"] for forme in formes.values()]
    gauche, haut = min(b[0] for b in boites), min(b[1] for b in boites)
    largeur, hauteur = max(b[2] for b in boites) - gauche, max(b[3] for b in boites) - haut
    unite = max(largeur, hauteur * 0.8) / LARGEUR
    marge = 8 * unite
    cadre = [gauche - marge, haut - marge, largeur + 2 * marge, hauteur + 2 * marge]
    noms = dict(lieux)
    return Carte(
        " ".join(f"{cote:.1f}" for cote in cadre),
        round(MOTS * unite, 2),
        tuple(_label(code, noms[code], forme, unite) for code, forme in formes.items()),
        sans_forme,
    )


def couper(nom: str) -> tuple[str, ...]:
    """On two lines when it is long, cut near the middle: «Alpes-de- / Haute-Provence»."""
    if len(nom) <= 12:
        return (nom,)
    coupures = [i + 1 for i, signe in enumerate(nom[:-1]) if signe in " -"]
    if not coupures:
        return (nom,)
    ici = min(coupures, key=lambda place: abs(place - len(nom) / 2))
    return nom[:ici].rstrip(), nom[ici:]


def _label(code: str, nom: str, forme: dict[str, Any], unite: float) -> Forme:
    x, y, rayon = forme["centre"]
    lignes = couper(nom)
    place = 2 * rayon / unite  # in the units of the words
    tient = place >= DESSIN + 20 and place >= 0.42 * MOTS * max(map(len, lignes))
    dessin = min(DESSIN, max(place * 0.9, 22)) * unite
    return Forme(code, forme["trace"], x, y, round(dessin, 2), lignes if tient else ())


@cache
def _read() -> dict[str, dict[str, Any]]:
    connus: dict[str, dict[str, Any]] = json.loads(
        (resources.files("mse.meteo") / "donnees" / "departements.json").read_text("utf-8")
    )
    return connus
