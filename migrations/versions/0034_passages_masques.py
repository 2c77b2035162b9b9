"""Add the masked passages with their originals, and the instant at which an étape was corrected.

Revision ID: 0034_passages_masques
Revises: 0033_reperes_sans_theme
"""

import sqlalchemy as sa
from alembic import op

revision = "0034_passages_masques"
down_revision = "0033_reperes_sans_theme"
branch_labels = None
depends_on = None

SUJETS = sa.Enum(
    "fiche", "initiative", "repere", name="sujet", native_enum=False, create_constraint=True, length=32
)


def upgrade():
    op.create_table(
        "passages_masques",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sujet", SUJETS, nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("mots", sa.Text(), nullable=True),
        sa.Column("motif", sa.Text(), nullable=False),
        sa.Column("par_id", sa.Integer(), nullable=True),
        sa.Column("le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retabli_le", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("retabli_le IS NULL OR mots IS NULL", name=op.f("ck_passages_masques_retabli")),
        sa.ForeignKeyConstraint(
            ["par_id"], ["comptes.id"], name=op.f("fk_passages_masques_par_id_comptes"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passages_masques")),
    )
    op.create_index(op.f("ix_passages_masques_sujet_page_id_id"), "passages_masques", ["sujet", "page_id", "id"])
    op.create_index(
        "ix_passages_a_effacer",
        "passages_masques",
        ["le", "id"],
        sqlite_where=sa.text("mots IS NOT NULL"),
        postgresql_where=sa.text("mots IS NOT NULL"),
    )
    op.create_table(
        "originaux_masques",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("passage_id", sa.Integer(), nullable=False),
        sa.Column("table", sa.String(length=40), nullable=False),
        sa.Column("ligne_id", sa.Integer(), nullable=False),
        sa.Column("champ", sa.String(length=40), nullable=False),
        sa.Column("texte", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["passage_id"],
            ["passages_masques.id"],
            name=op.f("fk_originaux_masques_passage_id_passages_masques"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_originaux_masques")),
    )
    op.create_index(op.f("ix_originaux_masques_passage_id"), "originaux_masques", ["passage_id"])
    op.add_column("etapes", sa.Column("corrigee_le", sa.DateTime(timezone=True), nullable=True))


def downgrade():
    op.drop_column("etapes", "corrigee_le")
    op.drop_table("originaux_masques")
    op.drop_table("passages_masques")
