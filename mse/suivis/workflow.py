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


# Public étapes that followers are told of, besides the publication of a fiche: its outcome, what its
# delegates say of it, and a change of owner. They are not told of each step of the work.
NATURES = (
    NatureEtape.REPONSE,
    NatureEtape.REGLEMENT,
    NatureEtape.ABANDON,
    NatureEtape.AVIS,
    NatureEtape.DURABLE,
    NatureEtape.REVENU,
    NatureEtape.PLUS_ACTUELLE,
    NatureEtape.REOUVERTURE,
    NatureEtape.DEMANDE_REOUVERTURE,
    NatureEtape.REFUS_REOUVERTURE,
    NatureEtape.CONTESTATION,
    NatureEtape.REJET_REOUVERTURE,
    NatureEtape.TRANSFERT,
    NatureEtape.ELARGISSEMENT,
    NatureEtape.ORIENTATION,
    NatureEtape.RETABLISSEMENT,
)
