"""Index of the answers that one person has published.

Revision ID: 0006_reponses_d_une_personne
Revises: 0005_adresses_par_retour
"""

import sqlalchemy as sa
from alembic import op

revision = "0006_reponses_d_une_personne"
down_revision = "0005_adresses_par_retour"
branch_labels = None
depends_on = None


def upgrade():
    op.create_index(
        "ix_etapes_repondues",
        "etapes",
        ["auteur_id", "le", "id"],
        sqlite_where=sa.text("jours_ouvres IS NOT NULL"),
        postgresql_where=sa.text("jours_ouvres IS NOT NULL"),
    )


def downgrade():
    op.drop_index("ix_etapes_repondues", table_name="etapes")
