"""Pages of class fiches: those of the delegates, those of the trainees, the poster of a classroom."""

from flask import Blueprint

bp = Blueprint("classe", __name__)


@bp.context_processor
def _section() -> dict[str, str]:
    """Return the menu entry of these pages."""
    return {"section": "fiches"}


from mse.classe.views import (  # noqa: E402  (they add their routes to bp)
    a_cote,
    affiche,
    animer,
    contribuer,
    liens,
    mots,
)

__all__ = ["a_cote", "affiche", "animer", "bp", "contribuer", "liens", "mots"]
