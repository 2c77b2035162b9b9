"""Addresses marked by a mail that came back.

Revision ID: 0005_adresses_par_retour
Revises: 0004_solution_durable
"""

import sqlalchemy as sa
from alembic import op

revision = "0005_adresses_par_retour"
down_revision = "0004_solution_durable"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("adresses_refusees") as batch:
        batch.add_column(sa.Column("par_retour", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade():
    with op.batch_alter_table("adresses_refusees") as batch:
        batch.drop_column("par_retour")
