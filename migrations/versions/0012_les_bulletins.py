"""Les bulletins : une météo datée, avec les mots de l’association, pour toujours.

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "bulletins",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("cle", sa.String(length=36), nullable=False, unique=True),
        sa.Column("titre", sa.String(length=120), nullable=False),
        sa.Column("texte", sa.Text(), nullable=False),
        sa.Column("texte_html", sa.Text(), nullable=False),
        sa.Column("jour", sa.Date(), nullable=False),
        sa.Column("figures", sa.JSON()),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("publie_le", sa.DateTime(timezone=True)),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(publie_le IS NULL) = (figures IS NULL)", name="fige"),
    )
    op.create_index(op.f("ix_bulletins_publie_le"), "bulletins", ["publie_le"])


def downgrade():
    op.drop_table("bulletins")
