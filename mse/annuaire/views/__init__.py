"""The pages of the directory. A view translates; it decides nothing."""

from flask import Blueprint

bp = Blueprint("annuaire", __name__)

from mse.annuaire.views import repertoire  # noqa: E402  (it adds its routes to bp)

__all__ = ["bp", "repertoire"]
