"""Handover: what new delegates have read, words of the leaving ones; PDF documents on request.

Revision ID: 0023_passations
Revises: 0022_classe
"""

import sqlalchemy as sa
from alembic import op


revision = "0023_passations"
down_revision = "0022_classe"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "passations",
        sa.Column("mandat_id", sa.Integer(), nullable=False),
        sa.Column("vue_le", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mandat_id"], ["mandats.id"], name=op.f("fk_passations_mandat_id_mandats"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("mandat_id", name=op.f("pk_passations")),
    )
    op.create_table(
        "mots_passation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("promotion_id", sa.Integer(), nullable=False),
        sa.Column("auteur_id", sa.Integer(), nullable=False),
        sa.Column("texte", sa.Text(), nullable=False),
        sa.Column("ecrit_le", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["promotion_id"], ["promotions.id"], name=op.f("fk_mots_passation_promotion_id_promotions")
        ),
        sa.ForeignKeyConstraint(
            ["auteur_id"], ["comptes.id"], name=op.f("fk_mots_passation_auteur_id_comptes"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mots_passation")),
        sa.UniqueConstraint(
            "promotion_id", "auteur_id", name=op.f("uq_mots_passation_promotion_id_auteur_id")
        ),
    )
    op.create_index(op.f("ix_mots_passation_auteur_id"), "mots_passation", ["auteur_id"])
    op.create_index(op.f("ix_mots_passation_ecrit_le"), "mots_passation", ["ecrit_le"])
    op.create_table(
        "impressions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sujet", sa.String(length=60), nullable=False),
        sa.Column("empreinte", sa.String(length=64), nullable=False),
        sa.Column("compte_id", sa.Integer(), nullable=True),
        sa.Column("page", sa.Text(), nullable=True),
        sa.Column("fichier", sa.String(length=40), nullable=True),
        sa.Column("demandee_le", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("page IS NULL OR fichier IS NULL", name=op.f("ck_impressions_ecrite")),
        sa.ForeignKeyConstraint(
            ["compte_id"], ["comptes.id"], name=op.f("fk_impressions_compte_id_comptes"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_impressions")),
        sa.UniqueConstraint("fichier", name=op.f("uq_impressions_fichier")),
        sa.UniqueConstraint("sujet", "empreinte", name=op.f("uq_impressions_sujet_empreinte")),
    )
    op.create_index(op.f("ix_impressions_compte_id"), "impressions", ["compte_id"])
    op.create_index(op.f("ix_impressions_demandee_le"), "impressions", ["demandee_le"])
    op.create_index(
        "ix_impressions_a_ecrire",
        "impressions",
        ["id"],
        sqlite_where=sa.text("page IS NOT NULL"),
        postgresql_where=sa.text("page IS NOT NULL"),
    )


def downgrade():
    for table in ("impressions", "mots_passation", "passations"):
        op.drop_table(table)
