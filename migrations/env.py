"""Alembic, run by `mse migrer` within the application."""

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


with db.engine.connect() as connection:
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
