"""Pages of a team: assignment of saisines, spreadsheet, saved filters, actions on several saisines."""

from flask import Blueprint

bp = Blueprint("travail", __name__)


@bp.context_processor
def _section() -> dict[str, str]:
    """The menu entry of these pages."""
    return {"section": "mon_espace"}


from mse.travail.views import attribuer, exporter, filtres, lots  # noqa: E402  (they add their routes to bp)

__all__ = ["attribuer", "bp", "exporter", "filtres", "lots"]
