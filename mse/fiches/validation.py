"""The texts the scheme requires: «traité» is no answer. Read before the transaction (`prepared`)."""

from mse.core.coordonnees import exige_publiable, exige_sans_injures
from mse.core.exigences import exige_longueur, limite
from mse.core.html import Sanitized, sanitized
from mse.fiches.limites import MOTIF_MAX, MOTIF_MIN, REPONSE_MAX, REPONSE_MIN


def exige_reponse(texte: str) -> Sanitized:
    """Of répondre, régler, abandonner and a declined reopening."""
    return sanitized(exige_sans_injures(exige_longueur(texte, REPONSE_MIN, REPONSE_MAX)))


def exige_motif(texte: str) -> Sanitized:
    """A public line of whoever treats the fiche, or of the team."""
    return sanitized(exige_sans_injures(exige_motif_reserve(texte)))


def exige_parole(texte: str) -> Sanitized:
    """A public line of the delegates."""
    return sanitized(exige_publiable(exige_motif_reserve(texte)))


def exige_commentaire(texte: str) -> str:
    """Of a verdict, which may do without; the line that quotes it is sanitized as a whole."""
    return exige_publiable(limite(texte, MOTIF_MAX))


def exige_motif_reserve(texte: str) -> str:
    """What the delegates alone read."""
    return exige_longueur(texte, MOTIF_MIN, MOTIF_MAX)
