"""Add the reports of public pages.

Revision ID: 0036_signalements
Revises: 0035_envois_a_tous
"""

import sqlalchemy as sa
from alembic import op

revision = "0036_signalements"
down_revision = "0035_envois_a_tous"
branch_labels = None
depends_on = None

SUJETS = ("fiche", "initiative", "repere")
RAISONS = ("danger", "nom", "moi", "injure", "faux", "decision", "autre")
ETATS = ("recu", "suivi", "classe", "conteste")


def upgrade():
    op.create_table(
        "signalements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cle", sa.String(length=36), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("sujet", _states("sujet", SUJETS), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("raison", _states("raison", RAISONS), nullable=False),
        sa.Column("texte", sa.Text(), nullable=False),
        sa.Column("compte_id", sa.Integer(), nullable=True),
        sa.Column("courriel", sa.String(length=254), nullable=True),
        sa.Column("recu_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("etat", _states("etat", ETATS), nullable=False),
        sa.Column("motif", sa.Text(), nullable=True),
        sa.Column("decide_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("contestation", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(decide_le IS NULL) = (motif IS NULL)", name=op.f("ck_signalements_decide")),
        sa.CheckConstraint("etat = 'recu' OR decide_le IS NOT NULL", name=op.f("ck_signalements_etat_decide")),
        sa.CheckConstraint(
            "etat <> 'conteste' OR contestation IS NOT NULL", name=op.f("ck_signalements_contestation")
        ),
        sa.ForeignKeyConstraint(
            ["compte_id"], ["comptes.id"], name=op.f("fk_signalements_compte_id_comptes"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signalements")),
        sa.UniqueConstraint("cle", name=op.f("uq_signalements_cle")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_signalements_code_hash")),
    )
    op.create_index(op.f("ix_signalements_sujet_page_id_id"), "signalements", ["sujet", "page_id", "id"])
    op.create_index(
        "ix_signalements_ouverts",
        "signalements",
        ["sujet", "page_id"],
        sqlite_where=sa.text("etat IN ('recu', 'conteste')"),
        postgresql_where=sa.text("etat IN ('recu', 'conteste')"),
    )
    op.create_index(op.f("ix_signalements_decide_le"), "signalements", ["decide_le"])
    op.create_index(op.f("ix_signalements_compte_id"), "signalements", ["compte_id"])


def downgrade():
    op.drop_table("signalements")


def _states(nom, valeurs):
    return sa.Enum(*valeurs, name=nom, native_enum=False, create_constraint=True, length=32)
