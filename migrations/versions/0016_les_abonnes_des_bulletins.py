"""Les abonnés des bulletins, et les courriels que l’on arrête d’un bouton.

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "bulletins_abonnes",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("cle", sa.String(length=43), nullable=False, unique=True),
        sa.Column("courriel", sa.String(length=254), nullable=False, unique=True),
        sa.Column("demande_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirme_le", sa.DateTime(timezone=True)),
    )
    op.create_index(op.f("ix_bulletins_abonnes_demande_le"), "bulletins_abonnes", ["demande_le"])
    op.add_column("courriels", sa.Column("desabonnement", sa.String(length=300)))


def downgrade():
    op.drop_column("courriels", "desabonnement")
    op.drop_table("bulletins_abonnes")
