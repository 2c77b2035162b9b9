"""The pages of the directory. A view translates; it decides nothing."""

from flask import Blueprint

bp = Blueprint("annuaire", __name__)

from mse.annuaire.views import agents, comptes, configurer, gerer, repertoire  # noqa: E402  (they add their routes to bp)

__all__ = ["agents", "bp", "comptes", "configurer", "gerer", "repertoire"]
