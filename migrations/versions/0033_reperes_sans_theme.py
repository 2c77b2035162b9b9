"""Index the repères without a filter on the thème in the order of the list.

Revision ID: 0033_reperes_sans_theme
Revises: 0032_mots_rares
"""

import sqlalchemy as sa
from alembic import op

revision = "0033_reperes_sans_theme"
down_revision = "0032_mots_rares"
branch_labels = None
depends_on = None


def upgrade():
    op.create_index(
        "ix_reperes_portees_sans_theme",
        "reperes_portees",
        ["territoire_code", "est_ici", "publie_le", "repere_id"],
        sqlite_where=sa.text("theme_code IS NULL"),
        postgresql_where=sa.text("theme_code IS NULL"),
    )


def downgrade():
    op.drop_index("ix_reperes_portees_sans_theme", table_name="reperes_portees")
