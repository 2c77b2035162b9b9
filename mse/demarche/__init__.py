"""The démarche: titles, thèmes, delays and zone of one scheme, read once from its TOML file."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, kw_only=True)
class ThemeDeDemarche:
    code: str
    libelle: str
    organisme: bool = False  # the fiche's own organisme is ticked from the start


@dataclass(frozen=True, kw_only=True)
class Delais:
    """In working days."""

    prise_en_charge: int
    reponse: int
    reouverture: int
    transfert: int
    decision_reouverture: int


@dataclass(frozen=True, kw_only=True)
class Demarche:
    titre: str
    association: str
    contact: str
    territoire: str
    region: str  # INSEE code of the root territoire
    fuseau: str
    jours_feries: str
    editeur: str
    directeur_publication: str
    base_legale: str
    code_source: str
    hebergeur: str
    delais: Delais
    themes: tuple[ThemeDeDemarche, ...]


@cache
def get_demarche() -> Demarche:
    brut = tomllib.loads((resources.files(__name__) / "paca.toml").read_text("utf-8"))
    brut["delais"] = Delais(**brut["delais"])
    brut["themes"] = tuple(ThemeDeDemarche(**theme) for theme in brut["themes"])
    return Demarche(**brut)
