"""Words of the search, as users read them."""

from mse.core.text import lazy
from mse.fiches.api import STATUTS as STATUTS_DE_FICHE
from mse.recherche.fournisseurs.initiatives import STATUT
from mse.recherche.models import Genre
from mse.recherche.queries.resultats import Tri

GENRES = {
    Genre.FICHE: lazy("Fiche"),
    Genre.REPONSE: lazy("Réponse"),
    Genre.INITIATIVE: lazy("Initiative"),
    Genre.ACTEUR: lazy("Responsable"),
    Genre.REPERE: lazy("Repère"),
}
PLUSIEURS = {
    Genre.FICHE: lazy("Fiches"),
    Genre.REPONSE: lazy("Réponses"),
    Genre.INITIATIVE: lazy("Initiatives"),
    Genre.ACTEUR: lazy("Responsables"),
    Genre.REPERE: lazy("Repères"),
}
# Of fiches and of initiatives, some of which have the same name.
STATUTS = {
    **{statut.value: mot for statut, mot in STATUTS_DE_FICHE.items()},
    f"{STATUT}en_etude": lazy("Initiative à l’étude"),
    f"{STATUT}en_cours": lazy("Initiative en cours"),
    f"{STATUT}realisee": lazy("Initiative réalisée"),
    f"{STATUT}abandonnee": lazy("Initiative abandonnée"),
}
FILTRES = {
    "theme": lazy("Thème"),
    "territoire": lazy("Territoire"),
    "statut": lazy("Statut"),
    "annee": lazy("Année"),
}
TRIS = {
    Tri.PERTINENCE: lazy("Pertinence"),
    Tri.DATE: lazy("Plus récentes d’abord"),
    Tri.PERSONNES: lazy("Plus de personnes concernées"),
}
