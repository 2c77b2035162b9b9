"""Ce qui est arrivé attend que ses courriels soient écrits.

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "annonces",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("evenement", sa.String(length=60), nullable=False),
        sa.Column("charge", sa.JSON(), nullable=False),
        sa.Column("notee_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("prochain_essai_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("essais", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annonces")),
    )
    op.create_index(op.f("ix_annonces_prochain_essai_le_id"), "annonces", ["prochain_essai_le", "id"])


def downgrade():
    op.drop_table("annonces")
