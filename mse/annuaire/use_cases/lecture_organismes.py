"""The State's public list of training providers (Code du travail, L6351-7-1): a file becomes lines.

Streams: memory does not grow with the file. No database here. Three generations of the layout are known
by their column names: A dotted (current), B the Opendatasoft mirror, C 2017–2020.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from os import PathLike
from typing import TextIO

from mse.annuaire.use_cases.siret import check_siret
from mse.core.csv_reading import BLANK, SEPARATORS, decode, read_cell, read_header, read_records
from mse.core.errors import DonneeInvalide
from mse.core.textes import _

# What we read: its column in generations A and B, then in C.
_COLONNES = {
    "siret": ("siretetablissementdeclarant", "num_etablissement"),
    "siren": ("siren",),
    "nom": ("denomination", "raison_sociale"),
    "declaration": ("numerodeclarationactivite", "num_da"),
    "voie": ("adressephysiqueorganismeformation_voie", "adresse_voie"),
    "code_postal": ("adressephysiqueorganismeformation_codepostal", "adresse_code_postal"),
    "ville": ("adressephysiqueorganismeformation_ville", "adresse_ville"),
    "code_region": ("adressephysiqueorganismeformation_coderegion",),
}
_LIGNE_MAX = 1_000_000  # characters of a physical line
_NIC_MAX = 5  # digits; old exports give only the NIC as SIRET


class FichierInconnu(DonneeInvalide):
    """Not such a file: nothing was read."""


@dataclass(frozen=True, slots=True)
class LigneOrganisme:
    """Only the SIRET is sure; what the list leaves out is an empty text."""

    numero: int  # of its first physical line, the header being 1
    siret: str
    nom: str
    declaration: str
    voie: str
    code_postal: str  # five digits, or what stands there
    ville: str
    code_region: str


@dataclass(frozen=True, slots=True)
class LigneRefusee:
    numero: int
    raison: str
    nom: str = ""


def read_organismes(chemin: str | PathLike[str]) -> Iterator[LigneOrganisme | LigneRefusee]:
    """Raises `FichierInconnu`, before the first line, when there is no SIRET column; `OSError`."""
    # latin-1 keeps each byte as it is, and the text layer knows every kind of line end.
    with open(chemin, encoding="latin-1", newline=None) as fichier:
        lignes = enumerate(iter(lambda: _read_line(fichier), ""), start=1)
        numero, entete = next(((n, texte) for n, texte in lignes if texte.strip(BLANK)), (0, ""))
        for separateur in SEPARATORS:
            colonnes, largeur = _read_header(entete, separateur)
            if colonnes:
                break
        else:
            raise FichierInconnu(
                _("Ce n’est pas la liste publique des organismes de formation : la colonne SIRET manque.")
            )
        for numero, cellules in read_records(lignes, separateur, largeur):
            if cellules is None:
                yield LigneRefusee(numero, _("un guillemet est ouvert et jamais refermé"))
            elif any(cellule.strip() for cellule in cellules):
                yield _read_record(numero, cellules, colonnes)


def _read_line(fichier: TextIO) -> str:
    """The next physical line as UTF-8, else as Windows-1252, so that one bad byte spoils one line only."""
    brut = fichier.readline(_LIGNE_MAX)
    suite = brut
    while len(suite) == _LIGNE_MAX and not suite.endswith("\n"):
        suite = fichier.readline(_LIGNE_MAX)
    return decode(brut.encode("latin-1"))


def _read_header(entete: str, separateur: str) -> tuple[dict[str, int], int]:
    """Where each thing stands, and how many columns there are; nothing when no SIRET can be read."""
    titres = read_header(entete, separateur)
    positions: dict[str, int] = {}
    for position, titre in enumerate(titres):
        positions.setdefault(titre.strip().lower().replace(".", "_"), position)
    colonnes = {
        nom: positions[titre]
        for nom, titres_connus in _COLONNES.items()
        for titre in titres_connus
        if titre in positions
    }
    entier = _COLONNES["siret"][0] in positions or {"siret", "siren"} <= colonnes.keys()
    return (colonnes, len(titres)) if entier else ({}, 0)


def _read_record(numero: int, cellules: list[str], colonnes: dict[str, int]) -> LigneOrganisme | LigneRefusee:
    def value(nom: str) -> str:
        position = colonnes.get(nom, len(cellules))
        return read_cell(cellules[position]) if position < len(cellules) else ""

    siret = re.sub(r"[\s.]", "", value("siret"))
    if 0 < len(siret) <= _NIC_MAX and value("siren"):
        siret = re.sub(r"[\s.]", "", value("siren")).zfill(9) + siret.zfill(_NIC_MAX)
    if not siret:
        return LigneRefusee(numero, _("il n’y a pas de SIRET"), value("nom"))
    try:
        siret = check_siret(siret)
    except DonneeInvalide:
        return LigneRefusee(numero, _("SIRET « %(siret)s » non valable", siret=siret[:40]), value("nom"))
    return LigneOrganisme(
        numero,
        siret,
        value("nom"),
        value("declaration"),
        value("voie"),
        _postcode(value("code_postal")),
        value("ville"),
        value("code_region"),
    )


def _postcode(texte: str) -> str:
    """A postcode typed as a number lost the zero of 04, 05, 06."""
    chiffres = texte.removesuffix(".0").replace(" ", "")
    return chiffres.zfill(5) if chiffres.isdecimal() else texte
