"""Alembic, run by `mse migrer` within the application."""

from contextlib import contextmanager

from alembic import context

from mse.core.database import UTCDateTime
from mse.extensions import db
from mse.recherche.models import PLEIN_TEXTE


def render_item(kind, obj, autogen_context):
    """Write an instant column as a plain DateTime: a migration must not import the type of the models."""
    if kind == "type" and isinstance(obj, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def compare_type(context, inspected_column, metadata_column, inspected_type, metadata_type):
    """Report no difference for an instant column: the database stores it as a DateTime."""
    return False if isinstance(metadata_type, UTCDateTime) else None


def include_name(name, kind, parents):
    """Leave the full-text index of the search alone: the models do not describe it."""
    return kind != "table" or not name.startswith(PLEIN_TEXTE)


@contextmanager
def without_foreign_keys(connection):
    """Disable foreign keys on SQLite, which alters a table by dropping and creating it: rows that refer to it
    would be deleted. Raises RuntimeError if a foreign key is broken afterwards."""
    if connection.dialect.name != "sqlite":
        yield
        return
    driver = connection.connection.driver_connection  # the pragma has no effect inside a transaction
    driver.execute("PRAGMA foreign_keys = OFF")
    yield
    connection.rollback()  # ends the transaction that read the version; migrations have committed
    if orphans := driver.execute("PRAGMA foreign_key_check").fetchall():
        raise RuntimeError(f"broken foreign keys: {orphans[:10]}")
    driver.execute("PRAGMA foreign_keys = ON")


with db.engine.connect() as connection, without_foreign_keys(connection):
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        render_as_batch=True,
        render_item=render_item,
        compare_type=compare_type,
        include_name=include_name,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()
