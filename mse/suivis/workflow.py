"""What can be followed, and which news followers read. Pure Python."""

from enum import StrEnum

from mse.fiches.api import NatureEtape

PLAFOND = 200  # objects that one account follows, at most


class Objet(StrEnum):
    """Kind of a followed object. The values are parts of URLs."""

    FICHE = "fiche"
    THEME = "theme"
    TERRITOIRE = "territoire"  # with all below it
    ACTEUR = "acteur"


# Public étapes that followers are told of, besides the publication of a fiche.
NATURES = (
    NatureEtape.REPONSE,
    NatureEtape.REGLEMENT,
    NatureEtape.ABANDON,
    NatureEtape.REOUVERTURE,
    NatureEtape.AVIS,
    NatureEtape.TRANSFERT,
    NatureEtape.ELARGISSEMENT,
    NatureEtape.ORIENTATION,
)
