"""Data classes for the content of a démarche file: titles, vocabulary, territoires, thèmes, time limits,
météo parameters and appearance."""

import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

Niveaux = ("region", "departement", "zone_emploi", "commune")
Mesures = ("representation", "expression", "ecoute", "resolution", "initiative")
Seuils = ("grand_soleil", "eclaircies", "nuageux", "pluie")  # levels, from the highest index to the lowest


@dataclass(frozen=True, kw_only=True)
class ThemeDeDemarche:
    code: str
    libelle: str
    organisme: bool = False  # the organisme of the fiche is ticked by default
    urgent: bool = False  # animateurs read these fiches first
    pictogramme: str = ""  # a drawing of templates/components/dessins.html, by default that of the code


@dataclass(frozen=True, kw_only=True)
class Delais:
    """Time limits, in working days; `durabilite`: days after which the delegates are asked whether a problem
    declared solved has come back."""

    prise_en_charge: int
    reponse: int
    reouverture: int
    transfert: int
    decision_reouverture: int
    durabilite: int = 30
    brouillon_reponse: int = 60  # age at which an unchanged draft of an answer is deleted
    suspension: int = 10  # maximum pause of the delay while the owner waits for an answer of the delegates
    prolongation: int = 10  # maximum extension, which the owner may ask for once
    bientot: int = 5  # an answer due within that many days is «bientôt» due
    tres_en_retard: int = 10  # days after which a late answer is «très en retard»


@dataclass(frozen=True, kw_only=True)
class Relances:
    """The ladder of reminders about an answer that is due, in working days from its due date."""

    heure: int = 8  # local hour from which the mails of the day are sent
    avant: int = 2  # before the due date: reminder to the agents
    referents: int = 5  # after it: to the référents
    association: int = 10  # after it: to the association
    public: int = 15  # after it: the public page says that nobody has answered


@dataclass(frozen=True, kw_only=True)
class ReglagesMeteo:
    """Parameters of the météo (docs/regles/meteo.md). `poids` maps each of `Mesures` to its weight in the
    index. `niveaux` maps each of `Seuils` to the lowest index of that level."""

    fenetre: int  # window of a measure, in days
    minimum: int  # n below which a measure does not count
    mesures_minimum: int  # measures that must count; with fewer the level is «brouillard»
    activite_initiative: int  # days without news after which an initiative is inactive
    tendance: float  # change of the index, in points, beyond which it rises or falls
    poids: dict[str, float]
    niveaux: dict[str, float]  # lowest index of each level


@dataclass(frozen=True, kw_only=True)
class Territoires:
    """The tree of territoires. `communes`: a CSV file beside this one, or provided with the software."""

    racine: str  # INSEE code of the only territoire of the first level
    niveaux: tuple[str, ...]  # elements of `Niveaux`, the largest level first
    communes: str


@dataclass(frozen=True, kw_only=True)
class Apparence:
    """Colours as #rrggbb, of links and buttons, for the light and the dark theme. `logo`: SVG or PNG."""

    couleur: str = ""
    couleur_sombre: str = ""
    logo: str = ""  # file beside the démarche file


@dataclass(frozen=True, kw_only=True)
class Demarche:
    titre: str
    association: str
    contact: str
    territoire: str
    territoires: Territoires
    fuseau: str
    jours_feries: str
    origine: str  # origin of the scheme, a paragraph of «à propos»
    editeur: str
    directeur_publication: str
    base_legale: str
    code_source: str
    hebergeur: str
    delais: Delais
    meteo: ReglagesMeteo
    themes: tuple[ThemeDeDemarche, ...]
    relances: Relances = Relances()
    mots: dict[str, str] = field(default_factory=dict)  # default word → word of this démarche
    apparence: Apparence = Apparence()

    @property
    def mentions_manquantes(self) -> list[str]:
        """Return the fields of the legal notice that the law requires and that the file leaves empty."""
        exigees = ("contact", "editeur", "directeur_publication", "hebergeur", "base_legale")
        return [nom for nom in exigees if not getattr(self, nom)]

    @cached_property
    def pictogrammes(self) -> dict[str, str]:
        """Return the name of the drawing of each thème, by code."""
        return {theme.code: theme.pictogramme or theme.code for theme in self.themes}

    @property
    def themes_urgents(self) -> list[str]:
        """Return the codes of the thèmes whose fiches cannot wait, violence for example."""
        return [theme.code for theme in self.themes if theme.urgent]

    def dire(self, texte: str) -> str:
        """Replace default words by those of this démarche. Names of variables and HTML tags stay."""
        return _dire(texte, tuple(self.mots.items())) if self.mots else texte


@lru_cache(maxsize=8192)
def _dire(texte: str, mots: tuple[tuple[str, str], ...]) -> str:
    return _motif(mots).sub(lambda trouve: _replace(trouve[0], dict(mots)), texte)


@lru_cache(maxsize=2)
def _motif(mots: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    """Return the pattern of the default words, longest expression first: «organismes de formation» before
    «organisme»."""
    dits = sorted((re.escape(mot) for mot, _autre in mots), key=len, reverse=True)
    return re.compile(rf"%\(\w+\)|<[^>]*>|(?<![\w·])(?:{'|'.join(dits)})(?![\w·])", re.IGNORECASE)


def _replace(trouve: str, mots: dict[str, str]) -> str:
    autre = mots.get(trouve) or mots.get(trouve[:1].lower() + trouve[1:])
    if autre is None:
        return trouve
    return autre[:1].upper() + autre[1:] if trouve[:1].isupper() else autre
