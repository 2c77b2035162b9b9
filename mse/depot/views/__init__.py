"""The pages of a draft. A view translates; it decides nothing."""

from flask import Blueprint

bp = Blueprint("depot", __name__)


@bp.context_processor
def _section() -> dict[str, str]:
    """The entry of the menu that these pages stand under, unless a page names another."""
    return {"section": "fiches"}


from mse.depot.views import (  # noqa: E402  (they add their routes to bp)
    deposer,
    pieces,
)

__all__ = [
    "bp",
    "deposer",
    "pieces",
]
