"""Pages of similar fiches and merges."""

from flask import Blueprint

bp = Blueprint("doublons", __name__)


@bp.context_processor
def _section() -> dict[str, str]:
    """Return the menu entry of these pages."""
    return {"section": "fiches"}


from mse.doublons.views import pareilles, reunir  # noqa: E402  (they add their routes to bp)

__all__ = ["bp", "pareilles", "reunir"]
