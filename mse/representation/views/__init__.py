"""The pages of promotions, elections, invitations and accounts. Business rules are in the use cases."""

from flask import Blueprint

bp = Blueprint("representation", __name__)


@bp.context_processor
def _section() -> dict[str, str]:
    """Return the menu entry of these pages; a page may set another one."""
    return {"section": "annuaire"}


from mse.representation.views import (  # noqa: E402  (they add their routes to bp)
    comptes,
    elections,
    gestion,
    invitations,
    promotions,
)

__all__ = [
    "bp",
    "comptes",
    "elections",
    "gestion",
    "invitations",
    "promotions",
]
