"""Pages of the handover."""

from flask import Blueprint

bp = Blueprint("passation", __name__)


@bp.context_processor
def _section() -> dict[str, str]:
    """Return the menu entry of these pages."""
    return {"section": "mon_espace"}


from mse.passation.views import dossier, mots  # noqa: E402  (they add their routes to bp)

__all__ = ["bp", "dossier", "mots"]
