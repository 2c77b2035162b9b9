"""Reports of acteurs that were sent; accounts that were never opened.

Revision ID: 0018_envois_de_bilans
Revises: 0017_bilans
"""

import sqlalchemy as sa
from alembic import op

revision = "0018_envois_de_bilans"
down_revision = "0017_bilans"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "bilans_envois",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("acteur_id", sa.Integer(), nullable=False),
        sa.Column("debut", sa.Date(), nullable=False),
        sa.Column("par_id", sa.Integer(), nullable=False),
        sa.Column("le", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "a_qui",
            sa.Enum(
                "referents",
                "agents",
                "boite",
                name="aqui",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("destinataires", sa.Integer(), nullable=False),
        sa.Column("contenu", sa.JSON(), nullable=False),
        sa.Column("pdf", sa.String(length=40), nullable=True),
        sa.CheckConstraint("destinataires > 0", name=op.f("ck_bilans_envois_destinataires")),
        sa.ForeignKeyConstraint(
            ["acteur_id"], ["acteurs.id"], name=op.f("fk_bilans_envois_acteur_id_acteurs")
        ),
        sa.ForeignKeyConstraint(["par_id"], ["comptes.id"], name=op.f("fk_bilans_envois_par_id_comptes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bilans_envois")),
        sa.UniqueConstraint("acteur_id", "debut", name=op.f("uq_bilans_envois_acteur_id_debut")),
        sa.UniqueConstraint("pdf", name=op.f("uq_bilans_envois_pdf")),
    )
    op.create_index(op.f("ix_bilans_envois_debut"), "bilans_envois", ["debut"])
    op.create_index(
        "ix_bilans_envois_a_imprimer",
        "bilans_envois",
        ["id"],
        sqlite_where=sa.text("pdf IS NULL"),
        postgresql_where=sa.text("pdf IS NULL"),
    )
    op.create_index(
        "ix_comptes_attendus",
        "comptes",
        ["id"],
        sqlite_where=sa.text("active_le IS NULL AND mot_de_passe IS NULL AND ferme_le IS NULL"),
        postgresql_where=sa.text("active_le IS NULL AND mot_de_passe IS NULL AND ferme_le IS NULL"),
    )


def downgrade():
    op.drop_index("ix_comptes_attendus", table_name="comptes")
    op.drop_table("bilans_envois")
