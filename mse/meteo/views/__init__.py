"""Pages and exports of the weather. Importing them adds their routes to `bp`."""

from flask import Blueprint

bp = Blueprint("meteo", __name__)

from mse.meteo.views import bulletins, exporter, lire, papier  # noqa: E402

__all__ = ["bp", "bulletins", "exporter", "lire", "papier"]
