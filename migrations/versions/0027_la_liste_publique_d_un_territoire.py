"""La liste publique est nationale : un import garde les organismes du territoire, et compte ceux qu'il laisse.

Revision ID: 0027
Revises: 0026
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("imports_organismes") as table:
        table.add_column(sa.Column("partout", sa.Boolean(), nullable=False, server_default=sa.true()))
        table.add_column(sa.Column("laisses", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("imports_organismes") as table:
        table.alter_column("partout", server_default=None)
        table.alter_column("laisses", server_default=None)


def downgrade():
    with op.batch_alter_table("imports_organismes") as table:
        table.drop_column("laisses")
        table.drop_column("partout")
