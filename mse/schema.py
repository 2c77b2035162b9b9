"""The database's schema, written and brought up to date by Alembic.

Imported by whoever migrates and by nobody else: Alembic would weigh 12 MB in the web processes.
"""

import flask_migrate
from alembic.script import ScriptDirectory
from flask import current_app

from mse.config import RESOURCES
from mse.extensions import db


def upgrade(revision: str = "head") -> None:
    _prepare()
    flask_migrate.upgrade(revision=revision)


def downgrade(revision: str) -> None:
    _prepare()
    flask_migrate.downgrade(revision=revision)


def draft(sentence: str) -> None:
    """A revision from what the models say and the database does not; to be read before it is kept."""
    _prepare()
    flask_migrate.migrate(message=sentence)


def knows(revision: str) -> bool:
    """False of a revision that a newer version of the software made."""
    scripts = ScriptDirectory(str(RESOURCES / "migrations"))
    return revision in {script.revision for script in scripts.walk_revisions()}


def _prepare() -> None:
    flask_migrate.Migrate(current_app, db, directory=str(RESOURCES / "migrations"), render_as_batch=True)
