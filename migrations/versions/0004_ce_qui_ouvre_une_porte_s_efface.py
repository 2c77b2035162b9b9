"""Ce qui ouvre une porte s’efface : un courriel sait quand son lien expire.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("courriels", sa.Column("expire_le", sa.DateTime(timezone=True), nullable=True))


def downgrade():
    op.drop_column("courriels", "expire_le")
