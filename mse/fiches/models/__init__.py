"""Tables of fiches, their saisines and their history."""

from mse.fiches.models.compteur import Compteur
from mse.fiches.models.etape import Avis, DemandeReouverture, Etape
from mse.fiches.models.fiche import PARTIES, Fiche, FicheTerritoire
from mse.fiches.models.piece import Piece
from mse.fiches.models.saisine import Saisine
from mse.fiches.models.transfert import EcheanceRemplacee, Transfert

__all__ = [
    "PARTIES",
    "Avis",
    "Compteur",
    "DemandeReouverture",
    "EcheanceRemplacee",
    "Etape",
    "Fiche",
    "FicheTerritoire",
    "Piece",
    "Saisine",
    "Transfert",
]
