"""Who of the owner's team has a saisine.

Revision ID: 0010_attributions
Revises: 0009_echanges
"""

import sqlalchemy as sa
from alembic import op

revision = "0010_attributions"
down_revision = "0009_echanges"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "attributions",
        sa.Column("saisine_id", sa.Integer(), nullable=False),
        sa.Column("compte_id", sa.Integer(), nullable=False),
        sa.Column("le", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["saisine_id"], ["saisines.id"], name=op.f("fk_attributions_saisine_id_saisines")
        ),
        sa.ForeignKeyConstraint(
            ["compte_id"], ["comptes.id"], name=op.f("fk_attributions_compte_id_comptes")
        ),
        sa.PrimaryKeyConstraint("saisine_id", name=op.f("pk_attributions")),
    )
    op.create_index(op.f("ix_attributions_compte_id"), "attributions", ["compte_id"])


def downgrade():
    op.drop_table("attributions")
