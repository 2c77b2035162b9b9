"""JSON documents of the API. The OpenAPI schemas are generated from these declarations."""

from datetime import date, datetime
from typing import Annotated, Generic, TypeVar

from msgspec import Meta, Struct

from mse.annuaire.models import Nature, Niveau
from mse.fiches.api import NatureEtape, Statut, Valeur
from mse.initiatives.api import Statut as StatutInitiative
from mse.meteo.api import Mesure, Tendance
from mse.meteo.api import Niveau as Ciel

D = TypeVar("D")
Texte = Annotated[str, Meta(description="Texte en Markdown, tel qu’il a été écrit.")]
Adresse = Annotated[str, Meta(description="Adresse de la page, pour une personne.")]


class Page(Struct, Generic[D]):
    donnees: list[D]
    suivante: Annotated[str | None, Meta(description="Adresse de la page suivante\u202f; null à la fin.")]


class Nom(Struct):
    code: str
    nom: str


class Lien(Struct):
    id: int
    adresse: Adresse


class Responsable(Struct):
    id: int
    nom: str
    nature: Nature


class Masque(Struct):
    le: datetime
    motif: Annotated[str, Meta(description="Pourquoi l’équipe d’animation a masqué le texte.")]


class Saisine(Struct):
    id: int
    acteur: Responsable
    statut: Statut
    ouverte_le: datetime
    prise_en_charge_le: datetime | None
    reponse_due: Annotated[date, Meta(description="Jour avant la fin duquel une réponse est attendue.")]
    repondue_le: Annotated[datetime | None, Meta(description="Première réponse détaillée.")]
    derniere_reponse_le: datetime | None
    avis: Annotated[
        Valeur | None,
        Meta(description="Avis des délégué·es sur la dernière réponse\u202f: a-t-elle aidé\u202f?"),
    ]


class Fiche(Struct):
    id: int
    adresse: Adresse
    titre: str
    probleme: Texte
    causes: Texte
    consequences: Texte
    solution: Texte
    theme: Nom
    territoire: Nom
    commune: str
    promotion: Annotated[
        str, Meta(description="Nom public de la promotion, sans titre en dessous de 5 personnes.")
    ]
    personnes_concernees: Annotated[
        int | None, Meta(description="Personnes qui ont ce problème\u202f; null en dessous de 5.")
    ]
    nombre_soutiens: Annotated[int, Meta(description="Autres promotions qui ont ce problème.")]
    nombre_pieces: Annotated[int, Meta(description="Pièces jointes, transmises aux seuls responsables.")]
    statut: Statut
    deposee_le: datetime
    modifiee_le: Annotated[datetime, Meta(description="Dépôt, ou dernier passage masqué.")]
    reunie_a: Annotated[Lien | None, Meta(description="Fiche principale, si celle-ci lui est réunie.")]
    saisines: list[Saisine]


class Etape(Struct):
    id: int
    le: datetime
    nature: NatureEtape
    saisine: Annotated[
        int | None, Meta(description="Identifiant de la saisine\u202f; null pour toute la fiche.")
    ]
    acteur: Annotated[str | None, Meta(description="Acteur au nom de qui l’étape est écrite.")]
    texte: Annotated[str | None, Meta(description="Texte en Markdown\u202f; null s’il est masqué.")]
    avis: Valeur | None
    jours_ouvres: Annotated[int | None, Meta(description="Délai d’une réponse, en jours ouvrés.")]
    corrige_le: Annotated[datetime | None, Meta(description="Un passage du texte est masqué depuis.")]
    masque: Masque | None


class FicheEntiere(Fiche):
    etapes: Annotated[list[Etape], Meta(description="Toute l’histoire, de la plus ancienne étape.")]


class Reponse(Struct):
    id: int
    adresse: Adresse
    fiche: int
    saisine: int | None
    acteur: Responsable | None
    nature: NatureEtape
    le: datetime
    texte: Annotated[str | None, Meta(description="Texte en Markdown\u202f; null s’il est masqué.")]
    jours_ouvres: Annotated[int | None, Meta(description="Délai de la réponse, en jours ouvrés.")]
    corrige_le: Annotated[datetime | None, Meta(description="Un passage du texte est masqué depuis.")]
    masque: Masque | None


class Competence(Struct):
    theme: Annotated[str | None, Meta(description="Code du thème\u202f; null\u202f: tous.")]
    territoire: Annotated[str | None, Meta(description="Code du territoire\u202f; null\u202f: partout.")]


class Acteur(Struct):
    id: int
    adresse: Adresse
    nom: str
    nature: Nature
    siret: str | None
    territoire: Nom | None
    ferme_le: date | None
    competences: list[Competence]


class Theme(Struct):
    code: str
    libelle: str
    ordre: int
    retire_le: Annotated[date | None, Meta(description="Le thème n’est plus proposé depuis ce jour.")]


class Territoire(Struct):
    code: str
    nom: str
    niveau: Niveau
    parent: Annotated[str | None, Meta(description="Code du territoire qui le contient.")]


class Initiative(Struct):
    id: int
    adresse: Adresse
    titre: str
    description: Texte
    besoins: Annotated[str | None, Meta(description="Ce dont l’initiative a besoin, en Markdown.")]
    theme: Nom
    territoire: Nom
    statut: StatutInitiative
    proposee_le: datetime
    activite_le: Annotated[datetime, Meta(description="Dernier changement de statut ou dernière nouvelle.")]
    nombre_participants: Annotated[int | None, Meta(description="null en dessous de 5.")]
    porteurs: Annotated[list[str], Meta(description="Noms publics des promotions et des organismes.")]
    fiches: Annotated[list[int], Meta(description="Fiches auxquelles l’initiative répond.")]


class LigneInitiative(Struct):
    id: int
    le: datetime
    statut: Annotated[StatutInitiative | None, Meta(description="null\u202f: une nouvelle sans changement.")]
    texte: Annotated[str | None, Meta(description="Texte en Markdown\u202f; null s’il est masqué.")]
    masque: Masque | None


class InitiativeEntiere(Initiative):
    lignes: Annotated[list[LigneInitiative], Meta(description="L’histoire, de la ligne la plus ancienne.")]


class Chiffre(Struct):
    k: int
    n: int
    compte: Annotated[bool, Meta(description="true si n suffit pour entrer dans l’indice.")]
    intervalle: Annotated[
        tuple[float, float] | None, Meta(description="Intervalle de Wilson à 95 %, de 0 à 1.")
    ]


class Temps(Struct):
    code: str
    nom: str
    niveau: Ciel
    indice: Annotated[float | None, Meta(description="De 0 à 100\u202f; null dans le brouillard.")]
    fourchette: tuple[float, float] | None
    tendance: Tendance | None
    mesures: dict[Mesure, Chiffre]


class Meteo(Struct):
    jour: Annotated[date, Meta(description="Dernier jour de la période.")]
    fenetre: Annotated[int, Meta(description="Durée de la période, en jours.")]
    territoires: Annotated[
        list[Temps], Meta(description="Le territoire demandé, puis ceux qu’il contient directement.")
    ]


class Probleme(Struct):
    """An error (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: Annotated[str, Meta(description="Une phrase pour la personne qui lit.")]
