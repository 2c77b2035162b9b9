"""Parse the public list of training providers (Code du travail, L6351-7-1) into lines.

The file is streamed, so memory does not grow with it. No database access. Three layouts are recognised by
their column names: A with dots (current), B the Opendatasoft mirror, C 2017–2020.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from os import PathLike

from mse.annuaire.api import check_siret
from mse.core.csv_reading import (
    SEPARATORS,
    open_lines,
    read_cell,
    read_first,
    read_header,
    read_number,
    read_records,
)
from mse.core.errors import DonneeInvalide
from mse.core.text import _

# Field → column titles in layouts A and B, then in C.
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
_NIC_MAX = 5  # digits; in old exports the SIRET column holds only the NIC
_PUISSANCE = re.compile(r"\d[.,]\d+e\+?\d+", re.IGNORECASE)  # «1,90405E+13», rounded by a spreadsheet
_CODE_ET_VILLE = re.compile(r"(?<!\S)(\d{5}) (?=[^\W\d])")  # as in «1 RUE HAUTE 13001 MARSEILLE 1»


class FichierInconnu(DonneeInvalide):
    """The file is not the public list; nothing was imported."""


@dataclass(frozen=True, slots=True)
class LigneOrganisme:
    """One valid line of the list. Only the SIRET is guaranteed; a missing value is an empty text."""

    numero: int  # number of its first physical line; the header is line 1
    siret: str
    nom: str
    declaration: str
    voie: str
    code_postal: str  # five digits, or the cell as it stands
    ville: str
    code_region: str


@dataclass(frozen=True, slots=True)
class LigneRefusee:
    numero: int
    raison: str
    nom: str = ""


def read_organismes(chemin: str | PathLike[str]) -> Iterator[LigneOrganisme | LigneRefusee]:
    """Yield the lines of the file. Raise `FichierInconnu` before the first line if there is no SIRET column,
    `OSError` if the file cannot be read."""
    lignes = enumerate(open_lines(chemin), start=1)
    try:
        entete = read_first(lignes)
    except DonneeInvalide as error:
        raise FichierInconnu(str(error)) from error
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


def _read_header(entete: str, separateur: str) -> tuple[dict[str, int], int]:
    """Return the position of each field and the number of columns, or `({}, 0)` without a full SIRET."""
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

    try:
        siret = _read_siret(value("siret"), value("siren"))
    except DonneeInvalide as error:
        return LigneRefusee(numero, str(error), value("nom"))
    voie, code_postal, ville = _read_address(value("voie"), value("code_postal"), value("ville"))
    return LigneOrganisme(
        numero,
        siret,
        value("nom"),
        value("declaration"),
        voie,
        code_postal,
        ville,
        value("code_region"),
    )


def _read_siret(cellule: str, siren: str) -> str:
    """Repair zeros or decimals that a spreadsheet changed. Raise `DonneeInvalide` if the SIRET is invalid."""
    if _PUISSANCE.fullmatch(cellule):
        raise DonneeInvalide(
            _("le tableur a arrondi le SIRET « %(siret)s » : repartez du fichier d’origine", siret=cellule)
        )
    siret = re.sub(r"[\s.]", "", read_number(cellule))
    siren = re.sub(r"[\s.]", "", read_number(siren))
    if 0 < len(siret) <= _NIC_MAX and siren:
        siret = siren.zfill(9) + siret.zfill(_NIC_MAX)
    if not siret:
        raise DonneeInvalide(_("il n’y a pas de SIRET"))
    if siren and siret.zfill(14).startswith(siren.zfill(9)):  # the SIREN starts with zeros
        siret = siret.zfill(14)
    try:
        return check_siret(siret)
    except DonneeInvalide:
        raise DonneeInvalide(_("SIRET « %(siret)s » non valable", siret=siret[:40])) from None


def _read_address(voie: str, code_postal: str, ville: str) -> tuple[str, str, str]:
    """Return street, postcode, town. If the postcode has no cell of its own, it is looked for before the town
    name, in either cell."""
    code_postal = read_number(code_postal)
    if code_postal.isdecimal():
        return voie, code_postal.zfill(5), ville  # a spreadsheet drops the leading zero
    if not code_postal and (trouves := list(_CODE_ET_VILLE.finditer(ville))):
        return voie, trouves[-1][1], ville[trouves[-1].end() :]
    if not code_postal and (trouves := list(_CODE_ET_VILLE.finditer(voie))):
        lu = trouves[-1]
        return voie[: lu.start()].rstrip(), lu[1], ville or voie[lu.end() :]
    return voie, code_postal, ville
