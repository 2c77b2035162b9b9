"""Validate texts: length, insults, contact details. It happens before the transaction (`prepared`)."""

from mse.core.html import Sanitized, sanitized
from mse.core.text_length import require_length
from mse.fiches.limites import MOTIF_MAX, MOTIF_MIN, REPONSE_MAX, REPONSE_MIN
from mse.verification.api import exige_publiable, exige_sans_injures


def exige_reponse(texte: str) -> Sanitized:
    """Check the text of an answer, a solution, an abandonment or a declined reopening, and return it as
    HTML."""
    return sanitized(exige_sans_injures(require_length(texte, REPONSE_MIN, REPONSE_MAX)))


def exige_motif(texte: str) -> Sanitized:
    """Check a short public text of an agent or an animateur, which may give contact details."""
    return sanitized(exige_sans_injures(exige_motif_reserve(texte)))


def exige_parole(texte: str) -> Sanitized:
    """Check a short public text of a delegate, which may not give contact details."""
    return sanitized(exige_publiable(exige_motif_reserve(texte)))


def exige_motif_reserve(texte: str) -> str:
    """Check the length of a reason that only the delegates read."""
    return require_length(texte, MOTIF_MIN, MOTIF_MAX)
