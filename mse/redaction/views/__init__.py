"""Pages of answer templates, and the endpoints behind the buttons of an answer: template, preview, draft."""

from flask import Blueprint

bp = Blueprint("redaction", __name__)


@bp.context_processor
def _section() -> dict[str, str]:
    """The menu entry of these pages, unless a page names another."""
    return {"section": "mon_espace"}


from mse.redaction.views import fichiers, modeles, rediger  # noqa: E402  (they add their routes to bp)
from mse.redaction.views.formulaire import receive_answer  # noqa: E402

__all__ = ["bp", "fichiers", "modeles", "receive_answer", "rediger"]
