"""Figures of each acteur and quarter.

Revision ID: 0017_bilans
Revises: 0016_abonnes
"""

import sqlalchemy as sa
from alembic import op

revision = "0017_bilans"
down_revision = "0016_abonnes"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "bilans_trimestres",
        sa.Column("debut", sa.Date(), nullable=False),
        sa.Column("jusqu_au", sa.Date(), nullable=False),
        sa.Column("calcule_le", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("debut", name=op.f("pk_bilans_trimestres")),
    )
    op.create_table(
        "bilans_acteurs",
        sa.Column("debut", sa.Date(), nullable=False),
        sa.Column("acteur_id", sa.Integer(), nullable=False),
        sa.Column("dues", sa.Integer(), nullable=False),
        sa.Column("tenues", sa.Integer(), nullable=False),
        sa.Column("repondues", sa.Integer(), nullable=False),
        sa.Column("delai", sa.Double(), nullable=True),
        sa.Column("oui", sa.Integer(), nullable=False),
        sa.Column("en_partie", sa.Integer(), nullable=False),
        sa.Column("non", sa.Integer(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "dues > 0 AND tenues >= 0 AND tenues <= dues", name=op.f("ck_bilans_acteurs_dues")
        ),
        sa.CheckConstraint(
            "repondues >= tenues AND repondues <= dues", name=op.f("ck_bilans_acteurs_repondues")
        ),
        sa.ForeignKeyConstraint(
            ["acteur_id"],
            ["acteurs.id"],
            name=op.f("fk_bilans_acteurs_acteur_id_acteurs"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("debut", "acteur_id", name=op.f("pk_bilans_acteurs")),
    )
    op.create_index("ix_bilans_acteurs_pires", "bilans_acteurs", ["debut", "part", "dues", "acteur_id"])


def downgrade():
    op.drop_table("bilans_acteurs")
    op.drop_table("bilans_trimestres")
