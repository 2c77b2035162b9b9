"""Les adresses que le dernier courriel n’a pas atteintes.

Revision ID: 0026
Revises: 0025
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "adresses_refusees",
        sa.Column("courriel", sa.String(254), nullable=False),
        sa.Column("motif", sa.Enum("adresse", "courriel", name="motifrefus", native_enum=False, create_constraint=True, length=32), nullable=False),
        sa.Column("le", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("courriel"),
    )


def downgrade():
    op.drop_table("adresses_refusees")
