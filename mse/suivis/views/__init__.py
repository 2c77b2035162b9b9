"""Atom feeds."""

from flask import Blueprint

bp = Blueprint("suivis", __name__)

from mse.suivis.views import flux  # noqa: E402  (it adds its routes to bp)

__all__ = ["bp", "flux"]
