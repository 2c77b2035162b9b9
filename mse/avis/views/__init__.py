"""Pages of the verdict and of the request to reopen."""

from flask import Blueprint

bp = Blueprint("avis", __name__)


@bp.context_processor
def _section() -> dict[str, str]:
    """Return the menu entry of these pages."""
    return {"section": "fiches"}


from mse.avis.views import durer, par_lien, suivre  # noqa: E402  (they add their routes to bp)

__all__ = ["bp", "durer", "par_lien", "suivre"]
