"""Requests to send all the reports of a quarter.

Revision ID: 0035_envois_a_tous
Revises: 0034_passages_masques
"""

import sqlalchemy as sa
from alembic import op

revision = "0035_envois_a_tous"
down_revision = "0034_passages_masques"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "bilans_envois_a_tous",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("debut", sa.Date(), nullable=False),
        sa.Column("par_id", sa.Integer(), nullable=False),
        sa.Column("demande_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("dernier_id", sa.Integer(), nullable=False),
        sa.Column("fini_le", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("total > 0", name=op.f("ck_bilans_envois_a_tous_total")),
        sa.ForeignKeyConstraint(
            ["par_id"], ["comptes.id"], name=op.f("fk_bilans_envois_a_tous_par_id_comptes")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bilans_envois_a_tous")),
    )
    op.create_index(op.f("ix_bilans_envois_a_tous_debut"), "bilans_envois_a_tous", ["debut"])
    op.create_index(
        "ix_bilans_envois_a_tous_a_faire",
        "bilans_envois_a_tous",
        ["id"],
        sqlite_where=sa.text("fini_le IS NULL"),
        postgresql_where=sa.text("fini_le IS NULL"),
    )


def downgrade():
    op.drop_table("bilans_envois_a_tous")
