"""Query parameters of the API: each one is declared once, for the reader and for the OpenAPI document."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from mse.annuaire.models import Nature
from mse.core.clock import midnight
from mse.core.database import ID_MAX, read_id
from mse.core.errors import ErreurMetier
from mse.core.pagination import Cursor
from mse.core.text import _, lazy
from mse.fiches.api import Statut
from mse.initiatives.api import Statut as StatutInitiative

TAILLES = (25, 50, 100)
_CURSEUR = "^[1-9][0-9]{0,15}-[1-9][0-9]{0,8}$"
_JOUR = "^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
_CODE = "^[0-9A-Za-z_-]{1,40}$"


@dataclass(frozen=True, kw_only=True)
class Parametre:
    """`lire` returns the value, or raises `ValueError`."""

    nom: str
    schema: Mapping[str, Any]
    description: object
    lire: Callable[[str], Any]
    defaut: Any = None


def read_parametres(attendus: Sequence[Parametre], recus: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Return the values by name. Raise `ErreurMetier` (400) for an unknown, repeated or invalid parameter."""
    par_nom = {parametre.nom: parametre for parametre in attendus}
    valeurs = {parametre.nom: parametre.defaut for parametre in attendus}
    for nom, textes in recus.items():
        if nom not in par_nom:
            raise ErreurMetier(_refuse_unknown(nom, par_nom))
        if len(textes) > 1:
            raise ErreurMetier(_("Le paramètre «\u202f%(nom)s\u202f» est donné deux fois.", nom=nom))
        valeurs[nom] = _read(par_nom[nom], textes[0])
    return valeurs


def _read(parametre: Parametre, texte: str) -> Any:
    try:
        motif = parametre.schema.get("pattern")
        if motif and not re.fullmatch(motif.removesuffix("$") + r"\Z", texte):
            raise ValueError(texte)
        return parametre.lire(texte)
    except ValueError:
        raise ErreurMetier(
            _(
                "Le paramètre «\u202f%(nom)s\u202f» n’est pas valable. %(description)s",
                nom=parametre.nom,
                description=parametre.description,
            )
        ) from None


def _refuse_unknown(nom: str, connus: Mapping[str, Parametre]) -> str:
    nom = nom[:40]
    if not connus:
        return _(
            "Le paramètre «\u202f%(nom)s\u202f» n’existe pas\u202f: cette adresse n’en a aucun.", nom=nom
        )
    return _(
        "Le paramètre «\u202f%(nom)s\u202f» n’existe pas ici. Ceux qui existent\u202f: %(connus)s.",
        nom=nom,
        connus=", ".join(connus),
    )


def _taille(texte: str) -> int:
    if texte not in map(str, TAILLES):
        raise ValueError(texte)
    return int(texte)


def _cursor(texte: str) -> Cursor | None:
    try:
        return Cursor.parse(texte)
    except ErreurMetier as error:
        raise ValueError(texte) from error


def _choix(nom: str, enum: type[StrEnum], description: object) -> Parametre:
    schema = {"type": "string", "enum": [valeur.value for valeur in enum]}
    return Parametre(nom=nom, schema=schema, description=description, lire=enum)


def _code(nom: str, description: object) -> Parametre:
    return Parametre(
        nom=nom, schema={"type": "string", "pattern": _CODE}, description=description, lire=lambda code: code
    )


def _jour(nom: str, description: object) -> Parametre:
    schema = {"type": "string", "format": "date", "pattern": _JOUR}
    return Parametre(nom=nom, schema=schema, description=description, lire=date.fromisoformat)


def _debut(texte: str) -> datetime:
    return midnight(date.fromisoformat(texte))


CURSEUR = Parametre(
    nom="curseur",
    schema={"type": "string", "pattern": _CURSEUR},
    description=lazy("Le curseur vient de l’adresse «\u202fsuivante\u202f» de la page précédente."),
    lire=_cursor,
)
RANG = Parametre(
    nom="curseur",
    schema={"type": "integer", "minimum": 1, "maximum": ID_MAX},
    description=lazy("Le curseur vient de l’adresse «\u202fsuivante\u202f» de la page précédente."),
    lire=read_id,
)
LIMITE = Parametre(
    nom="limite",
    schema={"type": "integer", "enum": list(TAILLES), "default": TAILLES[0]},
    description=lazy("Nombre de lignes d’une page\u202f: 25, 50 ou 100."),
    lire=_taille,
    defaut=TAILLES[0],
)
THEME = _code("theme", lazy("Code d’un thème."))
TERRITOIRE = _code("territoire", lazy("Code d’un territoire\u202f; ceux qu’il contient sont compris."))
ACTEUR = Parametre(
    nom="acteur",
    schema={"type": "integer", "minimum": 1, "maximum": ID_MAX},
    description=lazy("Identifiant d’un acteur responsable."),
    lire=read_id,
)
STATUT = _choix("statut", Statut, lazy("Statut\u202f: en_cours, reponse, reglee ou abandonnee."))
STATUT_INITIATIVE = _choix(
    "statut", StatutInitiative, lazy("Statut\u202f: en_etude, en_cours, realisee ou abandonnee.")
)
NATURE = _choix("nature", Nature, lazy("Nature de l’acteur\u202f: service ou organisme."))
DU = _jour("du", lazy("Premier jour, écrit AAAA-MM-JJ, dans le fuseau de la démarche."))
AU = _jour("au", lazy("Dernier jour, écrit AAAA-MM-JJ, dans le fuseau de la démarche."))
DEPUIS = replace(DU, nom="depuis", lire=_debut)
LE = _jour("le", lazy("Jour écrit AAAA-MM-JJ\u202f; sans lui, le dernier jour compté."))
