"""Attestations of delegates, checked by a code that is stored hashed.

Revision ID: 0031_attestations
Revises: 0030_files_de_travail
"""

import sqlalchemy as sa
from alembic import op

revision = "0031_attestations"
down_revision = "0030_files_de_travail"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "attestations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("compte_id", sa.Integer(), nullable=False),
        sa.Column("mandat_id", sa.Integer(), nullable=True),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("etablie_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoquee_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("debut", sa.Date(), nullable=False),
        sa.Column("fin", sa.Date(), nullable=False),
        sa.Column("fiches", sa.Integer(), nullable=False),
        sa.Column("personnes", sa.Integer(), nullable=False),
        sa.Column("reponses", sa.Integer(), nullable=False),
        sa.CheckConstraint("fin >= debut", name=op.f("ck_attestations_ordre")),
        sa.CheckConstraint(
            "fiches >= 0 AND personnes >= 0 AND reponses >= 0", name=op.f("ck_attestations_nombres")
        ),
        sa.ForeignKeyConstraint(
            ["compte_id"], ["comptes.id"], name=op.f("fk_attestations_compte_id_comptes"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["mandat_id"], ["mandats.id"], name=op.f("fk_attestations_mandat_id_mandats"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attestations")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_attestations_code_hash")),
    )
    op.create_index(op.f("ix_attestations_compte_id"), "attestations", ["compte_id"])
    op.create_index(op.f("ix_attestations_mandat_id"), "attestations", ["mandat_id"])


def downgrade():
    op.drop_table("attestations")
