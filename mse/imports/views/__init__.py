"""The pages that import files. Business rules are in the use cases."""

from flask import Blueprint

bp = Blueprint("imports", __name__)


@bp.context_processor
def _section() -> dict[str, str]:
    """Return the menu entry of these pages; a page may set another one."""
    return {"section": "annuaire"}


from mse.imports.views import (  # noqa: E402  (they add their routes to bp)
    importer,
    importer_liste,
)

__all__ = [
    "bp",
    "importer",
    "importer_liste",
]
