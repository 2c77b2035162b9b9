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
class ReglagesMeteo:
    """How the weather is computed (domaine.md, Météo). Keys of `poids` and `niveaux`: measures, levels."""

    fenetre: int  # days that a measure looks back on
    minimum: int  # n below which a measure does not count
    mesures_minimum: int  # measures that must count, else fog
    activite_initiative: int  # days without news after which an initiative sleeps
    tendance: float  # points of the index
    poids: dict[str, float]
    niveaux: dict[str, float]  # the lowest index of each


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
    meteo: ReglagesMeteo
    themes: tuple[ThemeDeDemarche, ...]


@cache
def get_demarche() -> Demarche:
    brut = tomllib.loads((resources.files(__name__) / "paca.toml").read_text("utf-8"))
    brut["delais"] = Delais(**brut["delais"])
    brut["meteo"] = ReglagesMeteo(**brut["meteo"])
    brut["themes"] = tuple(ThemeDeDemarche(**theme) for theme in brut["themes"])
    return Demarche(**brut)
