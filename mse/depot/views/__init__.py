"""Pages of a draft: its text, its attachments and its filing. Views convert between HTTP and use cases;
business rules are in the use cases."""

from flask import Blueprint

bp = Blueprint("depot", __name__)


@bp.context_processor
def _section() -> dict[str, str]:
    """Return the menu entry of these pages; a page may set another one."""
    return {"section": "fiches"}


from mse.depot.views import (  # noqa: E402  (they add their routes to bp)
    deposer,
    garder,
    hors_ligne,
    pieces,
    preciser,
)

__all__ = [
    "bp",
    "deposer",
    "garder",
    "hors_ligne",
    "pieces",
    "preciser",
]
