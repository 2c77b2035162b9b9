"""Pages of the confidential route: for the author, for the référents, for administrateurs."""

from flask import Blueprint

bp = Blueprint("confidentiel", __name__)

from mse.confidentiel.views import ecrire, lire, referents, suivre  # noqa: E402

__all__ = ["bp", "ecrire", "lire", "referents", "suivre"]
