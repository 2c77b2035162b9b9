"""The texts the scheme requires: «traité» is no answer."""

from mse.core.exigences import exige_longueur
from mse.fiches.limites import MOTIF_MAX, MOTIF_MIN, REPONSE_MAX, REPONSE_MIN


def exige_reponse(texte: str) -> str:
    """Of répondre, régler, abandonner and a declined reopening."""
    return exige_longueur(texte, REPONSE_MIN, REPONSE_MAX)


def exige_motif(texte: str) -> str:
    return exige_longueur(texte, MOTIF_MIN, MOTIF_MAX)
