"""L’adresse d’une invitation, quand un autre compte a déjà cette adresse.

Revision ID: 0032
Revises: 0031
"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("comptes", sa.Column("courriel_invite", sa.String(254)))
    op.create_index("ix_comptes_courriel_invite", "comptes", ["courriel_invite"])


def downgrade():
    op.drop_index("ix_comptes_courriel_invite", "comptes")
    op.drop_column("comptes", "courriel_invite")
