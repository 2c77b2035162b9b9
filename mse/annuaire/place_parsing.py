"""Parse a place as people write it: lost zeros, CEDEX, abbreviations, arrondissements. Pure functions."""

import re
from dataclasses import dataclass

from mse.core.text import fold

_LONGUEUR_MAX = 200
_ABREGES = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes", "s": "sur"}
_ARTICLES = {"l", "la", "le", "les"}
_DECIMALES = re.compile(r"(?<=\d)[.,]0+(?!\d)")  # 13013.0: a spreadsheet stored a number
_EN_DEUX = re.compile(r"(?<!\S)(\d{1,2}) (\d{3})(?!\S)")  # «13 013»: a code written in two parts
_CEDEX = re.compile(r"\bcedex ?\d{0,2}\b")
_CODE = re.compile(r"\d{4,5}|2[ab]\d{3}", re.ASCII)
_NUMERO = re.compile(r"(\d{1,3})(?:ers?|eres?|e|ieme|eme|emes|nd|nde)?|2[ab]", re.ASCII)
_ARRONDISSEMENT = re.compile(r"arr(?:ondissements?|dt|t)?|ardt")


@dataclass(frozen=True, slots=True)
class Ecriture:
    """A parsed place: normalised name, five-character codes, numbers of départements or arrondissements."""

    nom: str
    codes: tuple[str, ...]
    numeros: tuple[str, ...]
    cedex: bool


def read_place(texte: str) -> Ecriture:
    lu = " ".join(fold(_DECIMALES.sub("", texte[:_LONGUEUR_MAX])).split())
    lu = _EN_DEUX.sub(r"\1\2", lu)
    avant, *cedex = _CEDEX.split(lu, maxsplit=1)
    codes = tuple(mot.upper().zfill(5) for mot in lu.split() if _CODE.fullmatch(mot))
    mots, numeros = [], []
    for mot in avant.split():
        numero = _NUMERO.fullmatch(mot)
        if numero:
            numeros.append((numero[1] or mot).upper())
        elif not _CODE.fullmatch(mot):
            mots.append(_ABREGES.get(mot, mot))
    if numeros:
        mots = [mot for mot in mots if not _ARRONDISSEMENT.fullmatch(mot)]
    if len(mots) > 1 and mots[0] in _ARTICLES:
        mots = mots[1:]
    return Ecriture(" ".join(mots), codes, tuple(numeros), bool(cedex))


def city_key(ville: str) -> str:
    """Return the name without accents, case, abbreviations, leading article, CEDEX, arrondissement, codes."""
    return read_place(ville).nom
