"""Pages of notifications. Views hold no business rule."""

from flask import Blueprint

bp = Blueprint("notifications", __name__)

from mse.notifications.views import centre, retours  # noqa: E402  (they add their routes to bp)

__all__ = ["bp", "centre", "retours"]
