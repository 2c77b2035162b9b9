"""Pages of the directory. Views hold no business rule."""

from flask import Blueprint

bp = Blueprint("annuaire", __name__)

from mse.annuaire.views import (  # noqa: E402  (they add their routes to bp)
    absences,
    agents,
    configurer,
    gerer,
    repertoire,
)

__all__ = [
    "absences",
    "agents",
    "bp",
    "configurer",
    "gerer",
    "repertoire",
]
