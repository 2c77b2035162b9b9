"""Find the fiches without an owner by their own index, on SQLite without statistics too.

Its columns begin with one that the query compares: the planner prefers it to the index of all public fiches.

Revision ID: 0021_index_a_orienter
Revises: 0020_resumes_suivis
"""

import sqlalchemy as sa
from alembic import op

revision = "0021_index_a_orienter"
down_revision = "0020_resumes_suivis"
branch_labels = None
depends_on = None

_NOM, _AVANT = "ix_fiches_a_orienter", ["deposee_le", "id"]
_OU = sa.text("publication = 'publiee' AND NOT est_orientee")


def upgrade():
    op.drop_index(_NOM, "fiches")
    op.create_index(
        _NOM, "fiches", ["publication", *_AVANT], sqlite_where=_OU, postgresql_where=_OU
    )


def downgrade():
    op.drop_index(_NOM, "fiches")
    op.create_index(_NOM, "fiches", _AVANT, sqlite_where=_OU, postgresql_where=_OU)
