"""Une adresse se prouve : un rôle ne va qu’à qui a reçu un courriel. Les comptes déjà actifs sont tenus pour prouvés.

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("comptes", sa.Column("courriel_prouve_le", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE comptes SET courriel_prouve_le = active_le WHERE courriel IS NOT NULL")


def downgrade():
    op.drop_column("comptes", "courriel_prouve_le")
