"""The pages of fiches. A view translates; it decides nothing."""

from flask import Blueprint

bp = Blueprint("fiches", __name__)

from mse.fiches.views import deposer, lire, moderer, pieces, suivre, traiter  # noqa: E402  (they add their routes to bp)

__all__ = ["bp", "deposer", "lire", "moderer", "pieces", "suivre", "traiter"]
