"""The pages of the directory. A view translates; it decides nothing."""

from flask import Blueprint

bp = Blueprint("annuaire", __name__)

from mse.annuaire.views import (  # noqa: E402  (they add their routes to bp)
    elections,
    invitations,
    promotions,
    repertoire,
)

__all__ = ["bp", "elections", "invitations", "promotions", "repertoire"]
