"""Ce qu’une équipe n’a pas encore pris en charge se trouve sans lire le reste.

Revision ID: 0018
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

A_PRENDRE = sa.text("statut = 'en_cours' AND prise_en_charge_le IS NULL")


def upgrade():
    op.create_index(
        "ix_saisines_a_prendre",
        "saisines",
        ["acteur_id", "prise_en_charge_due", "id"],
        sqlite_where=A_PRENDRE,
        postgresql_where=A_PRENDRE,
    )


def downgrade():
    op.drop_index("ix_saisines_a_prendre", "saisines")
