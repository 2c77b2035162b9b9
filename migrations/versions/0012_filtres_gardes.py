"""Filters of the queue that a team shares.

Revision ID: 0012_filtres_gardes
Revises: 0011_notifications
"""

import sqlalchemy as sa
from alembic import op

revision = "0012_filtres_gardes"
down_revision = "0011_notifications"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "filtres_gardes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("acteur_id", sa.Integer(), nullable=False),
        sa.Column("nom", sa.String(length=60), nullable=False),
        sa.Column("requete", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["acteur_id"], ["acteurs.id"], name=op.f("fk_filtres_gardes_acteur_id_acteurs")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_filtres_gardes")),
        sa.UniqueConstraint("acteur_id", "nom", name=op.f("uq_filtres_gardes_acteur_id_nom")),
    )


def downgrade():
    op.drop_table("filtres_gardes")
