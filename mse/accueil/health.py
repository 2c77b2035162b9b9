"""How the instance is: for the probe of a reverse proxy, and for administrators."""

from importlib.metadata import version
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from mse.core.clock import now
from mse.extensions import db
from mse.notifications.queries import get_worker_vu_le, oldest_unsent

LATE_MAIL_MINUTES = 15


def database_answers() -> bool:
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return False
    return True


def details() -> dict[str, Any]:
    """Ages in seconds; `courriel_en_retard` when a mail has waited more than 15 minutes."""
    oldest, seen = oldest_unsent(), get_worker_vu_le()
    age = int((now() - oldest).total_seconds()) if oldest else None
    return {
        "base": db.engine.dialect.name,
        "version": version("mse"),
        "worker_vu_il_y_a": int((now() - seen).total_seconds()) if seen else None,
        "courriel_le_plus_ancien": age,
        "courriel_en_retard": age is not None and age > LATE_MAIL_MINUTES * 60,
    }
