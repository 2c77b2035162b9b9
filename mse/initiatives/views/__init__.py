"""Pages of initiatives. Views contain no business rules."""

from flask import Blueprint

bp = Blueprint("initiatives", __name__)
UNE = "/initiatives/<int:initiative_id>"

from mse.initiatives.views import demander, documents, ecrire, entourer, lire, moderer  # noqa: E402  (they add their routes)

__all__ = ["UNE", "bp", "demander", "documents", "ecrire", "entourer", "lire", "moderer"]
