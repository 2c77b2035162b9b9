"""Validate texts: length, insults, contact details. It happens before the transaction (`prepared`)."""

from mse.core.contact_details import exige_publiable, exige_sans_injures
from mse.core.html import Sanitized, sanitized
from mse.core.text_length import limite, require_length
from mse.fiches.limites import MOTIF_MAX, MOTIF_MIN, REPONSE_MAX, REPONSE_MIN


def exige_reponse(texte: str) -> Sanitized:
    """The text of répondre, régler, abandonner and a declined reopening."""
    return sanitized(exige_sans_injures(require_length(texte, REPONSE_MIN, REPONSE_MAX)))


def exige_motif(texte: str) -> Sanitized:
    """A public text of an agent or of an animateur."""
    return sanitized(exige_sans_injures(exige_motif_reserve(texte)))


def exige_parole(texte: str) -> Sanitized:
    """A public text of delegates."""
    return sanitized(exige_publiable(exige_motif_reserve(texte)))


def exige_commentaire(texte: str) -> str:
    """The optional comment of a verdict. The étape that quotes it is sanitised as a whole."""
    return exige_publiable(limite(texte, MOTIF_MAX))


def exige_motif_reserve(texte: str) -> str:
    """A reason that only the delegates read."""
    return require_length(texte, MOTIF_MIN, MOTIF_MAX)
