"""Les courriels qui contiennent un lien partent d’abord ; ce qui est urgent s’écrit d’abord.

Revision ID: 0031
Revises: 0030
"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

URGENTS = sa.text("envoye_le IS NULL AND abandonne_le IS NULL AND expire_le IS NOT NULL")


def upgrade():
    op.create_index(
        "ix_courriels_urgents",
        "courriels",
        ["expire_le", "id"],
        sqlite_where=URGENTS,
        postgresql_where=URGENTS,
    )
    op.create_index(
        op.f("ix_annonces_evenement_prochain_essai_le_id"),
        "annonces",
        ["evenement", "prochain_essai_le", "id"],
    )


def downgrade():
    op.drop_index(op.f("ix_annonces_evenement_prochain_essai_le_id"), "annonces")
    op.drop_index("ix_courriels_urgents", "courriels")
