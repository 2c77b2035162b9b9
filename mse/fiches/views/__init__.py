"""Pages of fiches. Views hold no business rule."""

from flask import Blueprint

bp = Blueprint("fiches", __name__)

from mse.fiches.views import (  # noqa: E402  (they add their routes to bp)
    avis_par_lien,
    completer,
    fermer,
    lire,
    moderer,
    passer,
    pieces,
    suivre,
    traiter,
)

__all__ = [
    "avis_par_lien",
    "bp",
    "completer",
    "fermer",
    "lire",
    "moderer",
    "passer",
    "pieces",
    "suivre",
    "traiter",
]
