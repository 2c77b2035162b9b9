"""The pages of the directory. A view translates; it decides nothing."""

from flask import Blueprint

bp = Blueprint("annuaire", __name__)

from mse.annuaire.views import importer, repertoire  # noqa: E402  (they add their routes to bp)

__all__ = ["bp", "importer", "repertoire"]
