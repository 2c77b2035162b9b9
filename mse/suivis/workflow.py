"""Kinds of objects that can be followed, and the events that followers are told of. Pure Python."""

from enum import StrEnum

from mse.fiches.api import NatureEtape

PLAFOND, PLAFOND_PAR_COURRIEL = 200, 50  # objects that one account, or one address, follows at most


class Objet(StrEnum):
    """Kind of a followed object. The values are parts of URLs."""

    FICHE = "fiche"
    THEME = "theme"
    TERRITOIRE = "territoire"  # with all below it
    ACTEUR = "acteur"
    BULLETINS = "bulletins"  # of the météo; by an e-mail address only


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
