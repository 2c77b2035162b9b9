"""Pages of extensions and reminders."""

from flask import Blueprint

bp = Blueprint("relances", __name__)


@bp.context_processor
def _section() -> dict[str, str]:
    """The menu entry of these pages."""
    return {"section": "fiches"}


from mse.relances.views import prolonger, relancer  # noqa: E402  (they add their routes to bp)

__all__ = ["bp", "prolonger", "relancer"]
