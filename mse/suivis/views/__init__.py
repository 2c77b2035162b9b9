"""Atom feeds, and pages to follow an object."""

from flask import Blueprint

bp = Blueprint("suivis", __name__)


@bp.context_processor
def _section() -> dict[str, str]:
    """The menu entry of these pages."""
    return {"section": "fiches"}


from mse.suivis.views import flux, liens, suivre  # noqa: E402  (they add their routes to bp)

__all__ = ["bp", "flux", "liens", "suivre"]
