"""The pages around: home, «mon espace», health, words about the site, how many people come."""

from flask import Blueprint

bp = Blueprint("accueil", __name__)

from mse.accueil.views import audience, pages, sante  # noqa: E402  (they add their routes)

__all__ = ["audience", "bp", "pages", "sante"]
