"""Create and upgrade the database schema with Alembic.

Imported by migration commands only: Alembic would add 12 MB to the web processes.
"""

import flask_migrate
from alembic.script import ScriptDirectory
from flask import current_app

from mse.config import RESOURCES
from mse.extensions import db

FOLDER = RESOURCES / "migrations"


def upgrade(revision: str = "head") -> None:
    _prepare()
    flask_migrate.upgrade(revision=revision)


def downgrade(revision: str) -> None:
    _prepare()
    flask_migrate.downgrade(revision=revision)


def draft(sentence: str) -> None:
    """Write a revision from the differences between models and database; it must be reviewed."""
    _prepare()
    flask_migrate.migrate(message=sentence)


def is_known_revision(revision: str) -> bool:
    """Return False for a revision made by a newer version of the software."""
    scripts = ScriptDirectory(str(FOLDER))
    return revision in {script.revision for script in scripts.walk_revisions()}


def _prepare() -> None:
    flask_migrate.Migrate(current_app, db, directory=str(FOLDER), render_as_batch=True)
