"""Pages of fiches. Views hold no business rule."""

from flask import Blueprint

bp = Blueprint("fiches", __name__)

from mse.fiches.views import (  # noqa: E402  (they add their routes to bp)
    lire,
    pieces,
    traiter,
)

__all__ = [
    "bp",
    "lire",
    "pieces",
    "traiter",
]
