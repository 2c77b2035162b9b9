"""Keep the number of participants whose marks were erased before the fiche is filed.

Revision ID: 0029_participants_effaces
Revises: 0028_messages_laisses
"""

import sqlalchemy as sa
from alembic import op

revision = "0029_participants_effaces"
down_revision = "0028_messages_laisses"
branch_labels = None
depends_on = None


def upgrade():
    colonne = sa.Column("participants_effaces", sa.Integer(), server_default="0", nullable=False)
    op.add_column("classes", colonne)


def downgrade():
    op.drop_column("classes", "participants_effaces")
