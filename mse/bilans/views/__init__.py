"""Pages of the figures and the reports of acteurs."""

from flask import Blueprint

bp = Blueprint("bilans", __name__)


@bp.context_processor
def _section() -> dict[str, str]:
    """The menu entry of these pages."""
    return {"section": "mon_espace"}


from mse.bilans.views import difficultes, envoyer, papier, rapports  # noqa: E402  (they add their routes to bp)

__all__ = ["bp", "difficultes", "envoyer", "papier", "rapports"]
