"""Alembic, run by `mse migrer` within the application."""

from contextlib import contextmanager

from alembic import context

from mse.core.database import UTCDateTime
from mse.extensions import db


def render_item(kind, obj, autogen_context):
    """An instant column is written with its own type, so that the migration needs no clock lore."""
    if kind == "type" and isinstance(obj, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def compare_type(context, inspected_column, metadata_column, inspected_type, metadata_type):
    """An instant is a DateTime for the database."""
    return False if isinstance(metadata_type, UTCDateTime) else None


@contextmanager
def without_foreign_keys(connection):
    """SQLite alters a table by making it anew: dropping the old one would cascade to all that names it."""
    if connection.dialect.name != "sqlite":
        yield
        return
    driver = connection.connection.driver_connection  # a transaction would ignore the pragma
    driver.execute("PRAGMA foreign_keys = OFF")
    yield
    connection.rollback()  # each migration committed; of what only looked at the version, nothing is pending
    if orphans := driver.execute("PRAGMA foreign_key_check").fetchall():
        raise RuntimeError(f"foreign keys lead nowhere: {orphans[:10]}")
    driver.execute("PRAGMA foreign_keys = ON")


with db.engine.connect() as connection, without_foreign_keys(connection):
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        render_as_batch=True,
        render_item=render_item,
        compare_type=compare_type,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()
