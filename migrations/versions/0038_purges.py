"""Add the reports of the nightly deletions.

Revision ID: 0038_purges
Revises: 0037_signalements_confidentiels
"""

import sqlalchemy as sa
from alembic import op

revision = "0038_purges"
down_revision = "0037_signalements_confidentiels"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "purges",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("faite_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("comptes", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purges")),
    )
    op.create_index(op.f("ix_purges_faite_le"), "purges", ["faite_le"])


def downgrade():
    op.drop_table("purges")
