"""Les bulletins sur papier : chacun garde le nom de son PDF.

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("bulletins", sa.Column("pdf", sa.String(length=40)))
    op.create_index(op.f("ix_bulletins_pdf"), "bulletins", ["pdf"], unique=True)


def downgrade():
    op.drop_index(op.f("ix_bulletins_pdf"), "bulletins")
    op.drop_column("bulletins", "pdf")
