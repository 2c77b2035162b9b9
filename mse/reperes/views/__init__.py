"""Pages of repères."""

from flask import Blueprint

bp = Blueprint("reperes", __name__)
UN = "/reperes/<int:repere_id>"


@bp.context_processor
def _section() -> dict[str, str]:
    """Return the menu entry of these pages."""
    return {"section": "fiches"}


from mse.reperes.views import ecrire, finir, lier, lire  # noqa: E402  (they add their routes to bp)

__all__ = ["UN", "bp", "ecrire", "finir", "lier", "lire"]
