"""Pages on which the owners of a fiche change."""

from flask import Blueprint

bp = Blueprint("responsables", __name__)

from mse.responsables.views import fermer, passer  # noqa: E402  (they add their routes to bp)

__all__ = ["bp", "fermer", "passer"]
