"""The pages around: home, «mon espace», help, health, words about the site, how many people come."""

from flask import Blueprint

bp = Blueprint("accueil", __name__)

from mse.accueil.views import aide, audience, espace, pages, sante  # noqa: E402  (they add their routes)

__all__ = ["aide", "audience", "bp", "espace", "pages", "sante"]
