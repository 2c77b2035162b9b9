"""General pages: home, «mon espace», help, health, legal notices, audience."""

from flask import Blueprint

bp = Blueprint("accueil", __name__)

from mse.accueil.views import aide, audience, espace, file, pages, repondues, sante  # noqa: E402  (they add their routes)

__all__ = ["aide", "audience", "bp", "espace", "file", "pages", "repondues", "sante"]
