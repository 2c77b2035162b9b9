"""What a démarche file says: titles, words, territoires, thèmes, delays, looks of one scheme."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

Niveaux = ("region", "departement", "zone_emploi", "commune")
Mesures = ("representation", "expression", "ecoute", "resolution", "initiative")
Seuils = ("grand_soleil", "eclaircies", "nuageux", "pluie")  # from the highest index to the lowest


@dataclass(frozen=True, kw_only=True)
class ThemeDeDemarche:
    code: str
    libelle: str
    organisme: bool = False  # the fiche's own organisme is ticked from the start
    urgent: bool = False  # the association reads these fiches first


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
    """Settings of the météo (docs/regles/meteo.md). Keys of `poids`: `Mesures`; of `niveaux`: `Seuils`."""

    fenetre: int  # days that a measure looks back on
    minimum: int  # n below which a measure does not count
    mesures_minimum: int  # measures that must count, else fog
    activite_initiative: int  # days without news after which an initiative sleeps
    tendance: float  # points of the index
    poids: dict[str, float]
    niveaux: dict[str, float]  # the lowest index of each


@dataclass(frozen=True, kw_only=True)
class Territoires:
    """The tree, from its root down. `communes`: a CSV beside the file, or one that is provided."""

    racine: str  # INSEE code of the only territoire of the first level
    niveaux: tuple[str, ...]  # of `Niveaux`, the largest first
    communes: str


@dataclass(frozen=True, kw_only=True)
class Apparence:
    """Colours as #rrggbb: of links and buttons, on the light and on the dark theme. `logo`: SVG or PNG."""

    couleur: str = ""
    couleur_sombre: str = ""
    logo: str = ""  # a file beside this one


@dataclass(frozen=True, kw_only=True)
class Demarche:
    titre: str
    association: str
    contact: str
    territoire: str
    territoires: Territoires
    fuseau: str
    jours_feries: str
    origine: str  # one paragraph of «à propos»: where the scheme comes from
    editeur: str
    directeur_publication: str
    base_legale: str
    code_source: str
    hebergeur: str
    delais: Delais
    meteo: ReglagesMeteo
    themes: tuple[ThemeDeDemarche, ...]
    mots: dict[str, str] = field(default_factory=dict)  # said here → said instead
    apparence: Apparence = Apparence()

    @property
    def mentions_manquantes(self) -> list[str]:
        """What the law has a site say of who publishes it, and that its file leaves empty."""
        exigees = ("contact", "editeur", "directeur_publication", "hebergeur", "base_legale")
        return [nom for nom in exigees if not getattr(self, nom)]

    @property
    def themes_urgents(self) -> list[str]:
        """Codes of the thèmes whose fiches cannot wait, violence for example."""
        return [theme.code for theme in self.themes if theme.urgent]

    def dire(self, texte: str) -> str:
        """The site's own words in those of this démarche; names of variables and HTML stay."""
        return _dire(texte, tuple(self.mots.items())) if self.mots else texte


@lru_cache(maxsize=8192)
def _dire(texte: str, mots: tuple[tuple[str, str], ...]) -> str:
    return _motif(mots).sub(lambda trouve: _replace(trouve[0], dict(mots)), texte)


@lru_cache(maxsize=2)
def _motif(mots: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    """The longest expression first: «organismes de formation» before «organisme»."""
    dits = sorted((re.escape(mot) for mot, _autre in mots), key=len, reverse=True)
    return re.compile(rf"%\(\w+\)|<[^>]*>|(?<![\w·])(?:{'|'.join(dits)})(?![\w·])", re.IGNORECASE)


def _replace(trouve: str, mots: dict[str, str]) -> str:
    autre = mots.get(trouve) or mots.get(trouve[:1].lower() + trouve[1:])
    if autre is None:
        return trouve
    return autre[:1].upper() + autre[1:] if trouve[:1].isupper() else autre
