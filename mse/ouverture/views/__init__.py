"""Views of open data."""

from flask import Blueprint

bp = Blueprint("ouverture", __name__)

from mse.ouverture.views import description, lire, open311  # noqa: E402

__all__ = ["bp", "description", "lire", "open311"]
