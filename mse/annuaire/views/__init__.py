"""The pages of the directory. A view translates; it decides nothing."""

from flask import Blueprint

bp = Blueprint("annuaire", __name__)

from mse.annuaire.views import (  # noqa: E402  (they add their routes to bp)
    agents,
    comptes,
    configurer,
    elections,
    gerer,
    importer,
    importer_liste,
    invitations,
    promotions,
    repertoire,
)

__all__ = [
    "agents",
    "bp",
    "comptes",
    "configurer",
    "elections",
    "gerer",
    "importer",
    "importer_liste",
    "invitations",
    "promotions",
    "repertoire",
]
