"""Territoires and thèmes of the démarche. Running it again brings up to date what nobody corrected here."""

import csv
from collections import Counter
from collections.abc import Iterator
from importlib import resources

from mse.annuaire.models import Commune, Niveau, Territoire, Theme, take_over
from mse.annuaire.queries import list_communes, list_territoires, list_themes
from mse.core.errors import DonneeInvalide
from mse.core.textes import _
from mse.core.use_cases import use_case
from mse.demarche import get_demarche
from mse.extensions import db


@use_case
def initialiser() -> None:
    """Loads the INSEE files of the démarche's region and the thèmes of its own file; removes nothing."""
    region = get_demarche().region
    communes = [row for row in _read("cog_communes_paca.csv") if row["code_region"] == region]
    if not communes:
        raise DonneeInvalide(
            _("Aucune commune n’est fournie pour la région %(code)s de la démarche.", code=region)
        )
    _load_territoires(region, communes)
    _load_communes(communes)
    _load_themes()


def _read(nom: str) -> Iterator[dict[str, str]]:
    texte = (resources.files("mse.annuaire") / "donnees" / nom).read_text("utf-8")
    return csv.DictReader(texte.splitlines())


def _load_territoires(region: str, communes: list[dict[str, str]]) -> None:
    connus = {territoire.code: territoire for territoire in list_territoires()}

    def put(code: str, nom: str, niveau: Niveau, parent: Territoire | None) -> Territoire:
        territoire = connus.get(code)
        if territoire is None:
            territoire = connus[code] = Territoire(code=code)
            db.session.add(territoire)
        take_over(territoire, {"nom": _typographic(nom)})
        territoire.niveau, territoire.parent = niveau, parent
        return territoire

    racine = put(region, _name("cog_regions.csv", "code", region), Niveau.REGION, None)
    departements = {
        row["code"]: put(row["code"], row["nom"], Niveau.DEPARTEMENT, racine)
        for row in _read("cog_departements.csv")
        if row["code_region"] == region
    }
    zones = {row["code_zone_emploi"]: row["nom"] for row in _read("zones_emploi_2020_paca.csv")}
    parts: Counter[tuple[str, str]] = Counter()
    for row in communes:
        parts[row["code_zone_emploi"], row["code_departement"]] += int(row["population"] or 0)
    principales = {
        zone: departement for (zone, departement), _n in sorted(parts.items(), key=lambda part: part[1])
    }
    for zone, code in parts:
        departement = departements[code]
        ailleurs = principales[zone] != code
        nom = f"{zones[zone]} ({departement.nom})" if ailleurs else zones[zone]
        put(f"{code}-{zone}", nom, Niveau.ZONE_EMPLOI, departement)
    db.session.flush()


def _load_communes(rows: list[dict[str, str]]) -> None:
    connues = {commune.code: commune for commune in list_communes()}
    for row in rows:
        commune = connues.get(row["code_insee"])
        if commune is None:
            commune = Commune(code=row["code_insee"])
            db.session.add(commune)
        commune.nom, commune.codes_postaux = _typographic(row["nom"]), row["codes_postaux"]
        commune.territoire_code = f"{row['code_departement']}-{row['code_zone_emploi']}"


def _load_themes() -> None:
    connus = {theme.code: theme for theme in list_themes(retires=True)}
    for ordre, defini in enumerate(get_demarche().themes, start=1):
        theme = connus.get(defini.code)
        if theme is None:
            theme = Theme(code=defini.code)
            db.session.add(theme)
        take_over(theme, {"libelle": defini.libelle, "ordre": ordre, "organisme": defini.organisme})


def _name(fichier: str, colonne: str, code: str) -> str:
    return next(row["nom"] for row in _read(fichier) if row[colonne] == code)


def _typographic(nom: str) -> str:
    return nom.replace("'", "’")
