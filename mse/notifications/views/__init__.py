"""Pages of notifications. Views hold no business rule."""

from flask import Blueprint

bp = Blueprint("notifications", __name__)

from mse.notifications.views import retours  # noqa: E402  (it adds its routes to bp)

__all__ = ["bp", "retours"]
