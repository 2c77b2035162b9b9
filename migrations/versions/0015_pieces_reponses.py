"""Files joined to answers.

Revision ID: 0015_pieces_reponses
Revises: 0014_index_des_fils
"""

import sqlalchemy as sa
from alembic import op

revision = "0015_pieces_reponses"
down_revision = "0014_index_des_fils"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("etapes", sa.Column("nombre_pieces", sa.Integer(), server_default="0", nullable=False))
    op.create_table(
        "pieces_reponses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("brouillon_id", sa.Integer(), nullable=True),
        sa.Column("etape_id", sa.Integer(), nullable=True),
        sa.Column("masquee_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("masquee_par_id", sa.Integer(), nullable=True),
        sa.Column("masquee_motif", sa.Text(), nullable=True),
        sa.Column("effacee_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("nom", sa.String(length=100), nullable=False),
        sa.Column(
            "format",
            sa.Enum(
                "jpeg",
                "png",
                "pdf",
                "docx",
                "odt",
                name="format",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("taille", sa.Integer(), nullable=False),
        sa.Column("empreinte", sa.String(length=64), nullable=False),
        sa.Column("fichier", sa.String(length=40), nullable=False),
        sa.Column("vignette", sa.String(length=40), nullable=True),
        sa.Column("ajoutee_le", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("taille > 0", name=op.f("ck_pieces_reponses_taille")),
        sa.CheckConstraint("(brouillon_id IS NULL) <> (etape_id IS NULL)", name=op.f("ck_pieces_reponses_place")),
        sa.CheckConstraint(
            "(masquee_le IS NULL) = (masquee_motif IS NULL)", name=op.f("ck_pieces_reponses_masquee")
        ),
        sa.CheckConstraint(
            "masquee_le IS NULL OR etape_id IS NOT NULL", name=op.f("ck_pieces_reponses_publiee")
        ),
        sa.CheckConstraint(
            "effacee_le IS NULL OR masquee_le IS NOT NULL", name=op.f("ck_pieces_reponses_effacee")
        ),
        sa.ForeignKeyConstraint(
            ["brouillon_id"],
            ["brouillons_reponse.id"],
            name=op.f("fk_pieces_reponses_brouillon_id_brouillons_reponse"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["etape_id"], ["etapes.id"], name=op.f("fk_pieces_reponses_etape_id_etapes")
        ),
        sa.ForeignKeyConstraint(
            ["masquee_par_id"], ["comptes.id"], name=op.f("fk_pieces_reponses_masquee_par_id_comptes")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pieces_reponses")),
        sa.UniqueConstraint(
            "brouillon_id", "empreinte", name=op.f("uq_pieces_reponses_brouillon_id_empreinte")
        ),
        sa.UniqueConstraint("etape_id", "empreinte", name=op.f("uq_pieces_reponses_etape_id_empreinte")),
        sa.UniqueConstraint("fichier", name=op.f("uq_pieces_reponses_fichier")),
        sa.UniqueConstraint("vignette", name=op.f("uq_pieces_reponses_vignette")),
    )
    op.create_index(
        "ix_pieces_reponses_a_effacer",
        "pieces_reponses",
        ["masquee_le"],
        sqlite_where=sa.text("masquee_le IS NOT NULL AND effacee_le IS NULL"),
        postgresql_where=sa.text("masquee_le IS NOT NULL AND effacee_le IS NULL"),
    )


def downgrade():
    op.drop_table("pieces_reponses")
    op.drop_column("etapes", "nombre_pieces")
