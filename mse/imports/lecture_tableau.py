"""Parse a pasted or uploaded table into lines with named cells. No database access."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from mse.annuaire.queries.noms import name_key
from mse.core.csv_reading import SEPARATORS, decode_file, read_cell, read_first, read_header, read_records
from mse.core.errors import DonneeInvalide
from mse.core.text import _, clean, nombre

LIGNES_MAX = 200  # maximum number of lines: importing them blocks all writes on SQLite for about 1.5 s
TAILLE_MAX = 1_000_000  # bytes
_ENTETE_MAX = 10_000  # maximum number of characters of the header line


@dataclass(frozen=True, slots=True)
class Colonne:
    """An expected column. `titre`: its title in the template that users download; `autres`: other accepted
    titles, folded."""

    nom: str
    titre: str
    autres: tuple[str, ...] = ()
    obligatoire: bool = True


@dataclass(frozen=True, slots=True)
class LigneTableau:
    """One line. `faute`: why it is unreadable, else empty. A missing column gives no cell."""

    numero: int  # number of its first physical line
    cellules: dict[str, str]
    faute: str = ""


@dataclass(frozen=True, slots=True)
class Tableau:
    lignes: list[LigneTableau]
    ignorees: list[str]  # titles of unknown columns


def read_fichier(octets: bytes) -> str:
    """Decode an uploaded file. Raises `DonneeInvalide`."""
    if len(octets) > TAILLE_MAX:
        raise _too_long()
    return clean(decode_file(octets))


def read_tableau(texte: str, colonnes: Sequence[Colonne]) -> Tableau:
    """Parse a table whose first non-empty line names the columns, in any order. Raises `DonneeInvalide`."""
    if len(texte.encode(errors="replace")) > TAILLE_MAX:
        raise _too_long()
    physiques = enumerate(texte.split("\n"), start=1)
    numerotees = ((numero, f"{ligne}\n") for numero, ligne in physiques if ligne.strip())
    entete = read_first(numerotees)
    if not entete:
        raise DonneeInvalide(_("Il n’y a rien à lire : choisissez un fichier, ou collez vos lignes."))
    if len(entete) > _ENTETE_MAX:
        raise DonneeInvalide(_("La première ligne est trop longue pour être celle des titres de colonnes."))
    separateur = max(SEPARATORS, key=lambda signe: len(_list_known(read_header(entete, signe), colonnes)))
    titres = read_header(entete, separateur)
    noms = _match_columns(titres, colonnes)
    lignes: list[LigneTableau] = []
    for numero, cellules in read_records(numerotees, separateur, len(titres)):
        if len(lignes) == LIGNES_MAX:
            raise DonneeInvalide(_("Il y a plus de %(n)s lignes : faites plusieurs envois.", n=LIGNES_MAX))
        if cellules is None or any(cellule.strip() for cellule in cellules):
            lignes.append(_read_ligne(numero, cellules, noms))
    if not lignes:
        raise DonneeInvalide(_("Il n’y a aucune ligne sous les titres des colonnes."))
    inconnues = [titre for titre, nom in zip(titres, noms, strict=True) if not nom and titre.strip()]
    return Tableau(lignes, inconnues)


def _too_long() -> DonneeInvalide:
    return DonneeInvalide(_("C’est trop long : le maximum est 1 Mo. Faites plusieurs envois."))


def _list_known(titres: Sequence[str], colonnes: Sequence[Colonne]) -> set[str]:
    return {nom for nom in (_find_field(titre, colonnes) for titre in titres) if nom}


def _find_field(titre: str, colonnes: Sequence[Colonne]) -> str | None:
    lu = name_key(read_cell(titre))
    return next((c.nom for c in colonnes if lu in (name_key(c.titre), *c.autres)), None)


def _match_columns(titres: Sequence[str], colonnes: Sequence[Colonne]) -> list[str | None]:
    """Return the field of each column, None for an unknown one. Raise `DonneeInvalide` if a required column
    is missing or repeated."""
    noms = [_find_field(titre, colonnes) for titre in titres]
    modele = "\u202f; ".join(colonne.titre for colonne in colonnes)
    manquantes = [c.titre for c in colonnes if c.obligatoire and c.nom not in noms]
    if manquantes:
        raise DonneeInvalide(
            _(
                "Il manque, en première ligne, le titre de colonne : %(titres)s. Le modèle est : %(modele)s.",
                titres=", ".join(f"« {titre} »" for titre in manquantes),
                modele=modele,
            )
        )
    doubles = {nom for nom, fois in Counter(noms).items() if nom and fois > 1}
    if doubles:
        raise DonneeInvalide(
            _(
                "La colonne « %(titre)s » est là deux fois : gardez-en une.",
                titre=next(colonne.titre for colonne in colonnes if colonne.nom in doubles),
            )
        )
    return noms


def _read_ligne(numero: int, cellules: list[str] | None, noms: Sequence[str | None]) -> LigneTableau:
    if cellules is None:
        return LigneTableau(numero, {}, _("Un guillemet est ouvert et jamais refermé."))
    nommees = {nom: read_cell(cellule) for nom, cellule in zip(noms, cellules, strict=False) if nom}
    if any(cellule.strip() for cellule in cellules[len(noms) :]):
        n, maximum = nombre(len(cellules)), nombre(len(noms))
        faute = _("Cette ligne a %(n)s cellules, pour %(max)s colonnes.", n=n, max=maximum)
        return LigneTableau(numero, nommees, faute)
    return LigneTableau(numero, nommees)
