"""Health of the instance, for the probe of a reverse proxy and for administrators."""

from importlib.metadata import version
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from mse.core.clock import now
from mse.extensions import db
from mse.notifications.queries import get_worker_vu_le, oldest_unsent

LATE_MAIL_MINUTES = 15
# If one of these is off, PostgreSQL may lose committed transactions in a power cut.
_DURABLE = ("fsync", "full_page_writes", "synchronous_commit")


def database_answers() -> bool:
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return False
    return True


def details() -> dict[str, Any]:
    """Return ages in seconds. `courriel_en_retard`: a mail has waited more than 15 minutes.
    `reglages_sans_garantie`: durability settings switched off in PostgreSQL; the application itself sets
    those of SQLite."""
    oldest, seen = oldest_unsent(), get_worker_vu_le()
    age = int((now() - oldest).total_seconds()) if oldest else None
    return {
        "base": db.engine.dialect.name,
        "reglages_sans_garantie": _unsafe_settings(),
        "version": version("mse"),
        "worker_vu_il_y_a": int((now() - seen).total_seconds()) if seen else None,
        "courriel_le_plus_ancien": age,
        "courriel_en_retard": age is not None and age > LATE_MAIL_MINUTES * 60,
    }


def _unsafe_settings() -> list[str]:
    if db.engine.dialect.name == "sqlite":
        return []
    off = text("SELECT name FROM pg_settings WHERE name = ANY(:names) AND setting = 'off' ORDER BY name")
    return list(db.session.scalars(off, {"names": list(_DURABLE)}))
