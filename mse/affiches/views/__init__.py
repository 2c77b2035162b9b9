"""Posters, printed fiches and share pictures."""

from flask import Blueprint

bp = Blueprint("affiches", __name__)


@bp.context_processor
def _section() -> dict[str, str]:
    """Return the menu entry of these pages."""
    return {"section": "fiches"}


from mse.affiches.views import papier, partager  # noqa: E402  (they add their routes to bp)

__all__ = ["bp", "papier", "partager"]
