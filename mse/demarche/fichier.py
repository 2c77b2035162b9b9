"""Read and validate a démarche file. An error stops the start or the command with a message."""

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import MISSING, fields, is_dataclass
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from holidays import country_holidays

from mse.config import ConfigDangereuse
from mse.demarche.modele import Apparence, Demarche, Mesures, Niveaux, ReglagesMeteo, Relances, Seuils

# Backgrounds that each colour must contrast with: the page and the cards of its theme (base.css).
_FONDS = {"couleur": ("#fbf8f2", "#ffffff"), "couleur_sombre": ("#0c1820", "#142630")}
_CONTRASTE = 4.5  # WCAG 2.1, 1.4.3
_FICHIER = r"[\w-]+\."  # start of the file names that a backup accepts
_NOMS = {
    str: "un texte",
    int: "un nombre entier",
    float: "un nombre",
    bool: "true ou false",
    dict: "une table",
}


def read_demarche(chemin: Path) -> Demarche:
    """Return the content of a démarche file. Raises `ConfigDangereuse`."""
    try:
        brut = tomllib.loads(chemin.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigDangereuse(f"le fichier de la démarche {chemin} ne se lit pas : {error}.") from error
    demarche: Demarche = _make(Demarche, brut, str(chemin))
    _check(demarche, chemin)
    return demarche


def _make(modele: type[Any], brut: Mapping[str, Any], ou: str) -> Any:
    """Build a dataclass from a TOML table. Raises `ConfigDangereuse`
    for a missing or unknown key, or a wrong type."""
    types, champs = get_type_hints(modele), {champ.name: champ for champ in fields(modele)}
    if inconnues := sorted(set(brut) - set(champs)):
        raise ConfigDangereuse(f"{ou} : « {inconnues[0]} » n’est pas un réglage connu.")
    valeurs = {}
    for nom, champ in champs.items():
        if nom in brut:
            valeurs[nom] = _value(types[nom], brut[nom], f"{ou} : {nom}")
        elif champ.default is MISSING and champ.default_factory is MISSING:
            raise ConfigDangereuse(f"{ou} : il manque « {nom} ».")
    return modele(**valeurs)


def _value(attendu: Any, valeur: Any, ou: str) -> Any:
    origine, parts = get_origin(attendu), get_args(attendu)
    if is_dataclass(attendu) and isinstance(valeur, dict):
        return _make(attendu, valeur, ou)  # type: ignore[arg-type]
    if origine is tuple and isinstance(valeur, list) and valeur:
        return tuple(_value(parts[0], une, ou) for une in valeur)
    if origine is dict and isinstance(valeur, dict):
        return {cle: _value(parts[1], une, f"{ou}.{cle}") for cle, une in valeur.items()}
    if attendu is float and type(valeur) is int:
        return valeur
    if type(valeur) is not attendu:
        nom = _NOMS.get(origine or attendu, "une table ou une liste qui n’est pas vide")
        raise ConfigDangereuse(f"{ou} doit être {nom}.")
    return valeur


def _check(demarche: Demarche, chemin: Path) -> None:
    niveaux = demarche.territoires.niveaux
    if [n for n in Niveaux if n in niveaux] != list(niveaux):
        raise ConfigDangereuse(
            f"{chemin} : niveaux va du plus grand au plus petit, parmi {', '.join(Niveaux)}."
        )
    if not re.fullmatch(_FICHIER + "csv", demarche.territoires.communes):
        raise ConfigDangereuse(f"{chemin} : communes est le nom d’un fichier .csv, sans dossier ni espace.")
    if min(vars(demarche.delais).values()) < 1:
        raise ConfigDangereuse(f"{chemin} : un délai est d’au moins un jour ouvré.")
    _check_reminders(demarche.relances, chemin)
    try:
        ZoneInfo(demarche.fuseau)
    except (ZoneInfoNotFoundError, ValueError):
        raise ConfigDangereuse(f"{chemin} : fuseau « {demarche.fuseau} » inconnu.") from None
    pays, _tiret, region = demarche.jours_feries.partition("-")
    try:
        country_holidays(pays, subdiv=region or None)
    except NotImplementedError:  # `holidays` has no calendar of that name
        raise ConfigDangereuse(f"{chemin} : jours_feries « {demarche.jours_feries} » inconnu.") from None
    codes = [theme.code for theme in demarche.themes]
    if len(set(codes)) != len(codes):
        raise ConfigDangereuse(f"{chemin} : deux thèmes ont le même code.")
    _check_weather(demarche.meteo, f"{chemin} : meteo")
    _check_looks(demarche.apparence, chemin)


def check_pictograms(demarche: Demarche, connus: Collection[str]) -> None:
    """Raise `ConfigDangereuse` if a thème names a drawing that does not exist. `connus`: the drawings of the
    templates, which the file cannot know."""
    for theme in demarche.themes:
        if theme.pictogramme and theme.pictogramme not in connus:
            raise ConfigDangereuse(
                f"thème «\u202f{theme.code}\u202f»\u202f: "
                f"pictogramme «\u202f{theme.pictogramme}\u202f» inconnu\u202f; "
                f"choisissez parmi {', '.join(sorted(connus))}."
            )


def _check_reminders(relances: Relances, chemin: Path) -> None:
    marches = [0, relances.referents, relances.association, relances.public]
    if relances.avant < 1 or marches != sorted(set(marches)):
        raise ConfigDangereuse(
            f"{chemin} : relances : avant vaut au moins 1 ; referents, association et public vont croissant."
        )
    if not 0 <= relances.heure <= 23:
        raise ConfigDangereuse(f"{chemin} : relances : heure va de 0 à 23.")


def _check_weather(meteo: ReglagesMeteo, ou: str) -> None:
    for nom, attendus in (("poids", Mesures), ("niveaux", Seuils)):
        if fautives := sorted(set(attendus) ^ set(getattr(meteo, nom))):
            cle = fautives[0]
            faute = f"il manque « {cle} »" if cle in attendus else f"« {cle} » n’est pas un réglage connu"
            raise ConfigDangereuse(f"{ou}.{nom} : {faute}.")
    seuils = [meteo.niveaux[nom] for nom in Seuils]
    if seuils != sorted(seuils, reverse=True):
        raise ConfigDangereuse(f"{ou}.niveaux va du plus haut au plus bas : {', '.join(Seuils)}.")
    if min(meteo.fenetre, meteo.minimum, meteo.mesures_minimum, meteo.activite_initiative) < 1:
        raise ConfigDangereuse(f"{ou} : un nombre de jours ou de mesures est au moins 1.")


def _check_looks(apparence: Apparence, chemin: Path) -> None:
    for nom, fonds in _FONDS.items():
        couleur = getattr(apparence, nom)
        if couleur and min(_contrast(couleur, fond, f"{chemin} : {nom}") for fond in fonds) < _CONTRASTE:
            raise ConfigDangereuse(f"{chemin} : {nom} ne se lit pas assez bien (contraste sous 4,5).")
    if bool(apparence.couleur) != bool(apparence.couleur_sombre):
        raise ConfigDangereuse(f"{chemin} : couleur et couleur_sombre vont ensemble.")
    logo = chemin.parent / apparence.logo
    if apparence.logo and not (re.fullmatch(_FICHIER + "(svg|png)", apparence.logo) and logo.is_file()):
        raise ConfigDangereuse(f"{chemin} : le logo est un fichier .svg ou .png, à côté de ce fichier.")


def _contrast(une: str, autre: str, ou: str) -> float:
    clair, sombre = sorted((_luminance(une, ou), _luminance(autre, ou)), reverse=True)
    return (clair + 0.05) / (sombre + 0.05)


def _luminance(couleur: str, ou: str) -> float:
    """Return the relative luminance, as WCAG 2.1 defines it. Raises `ConfigDangereuse`."""
    try:
        parts = [int(couleur[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        if not (couleur.startswith("#") and len(couleur) == 7):
            raise ValueError(couleur)
    except ValueError:
        raise ConfigDangereuse(f"{ou} s’écrit #rrggbb.") from None
    rouge, vert, bleu = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * rouge + 0.7152 * vert + 0.0722 * bleu
