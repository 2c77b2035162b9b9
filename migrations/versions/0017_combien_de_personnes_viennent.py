"""Combien de personnes viennent : deux nombres par jour.

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "audience_jours",
        sa.Column("jour", sa.Date(), primary_key=True),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("visites", sa.Integer(), nullable=False),
    )


def downgrade():
    op.drop_table("audience_jours")
