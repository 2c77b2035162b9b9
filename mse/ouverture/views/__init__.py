"""Views of open data."""

from flask import Blueprint

bp = Blueprint("ouverture", __name__)

from mse.ouverture.views import cartes, description, lire, open311, pages  # noqa: E402

__all__ = ["bp", "cartes", "description", "lire", "open311", "pages"]
