"""Les pièces jointes d’une fiche : des fichiers que le public ne voit jamais.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "pieces",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fiche_id", sa.Integer(), nullable=False),
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
        sa.CheckConstraint("taille > 0", name=op.f("ck_pieces_taille")),
        sa.ForeignKeyConstraint(
            ["fiche_id"], ["fiches.id"], name=op.f("fk_pieces_fiche_id_fiches"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pieces")),
        sa.UniqueConstraint("fiche_id", "empreinte", name=op.f("uq_pieces_fiche_id_empreinte")),
        sa.UniqueConstraint("fichier", name=op.f("uq_pieces_fichier")),
        sa.UniqueConstraint("vignette", name=op.f("uq_pieces_vignette")),
    )
    op.add_column("fiches", sa.Column("nombre_pieces", sa.Integer(), server_default="0", nullable=False))


def downgrade():
    op.drop_column("fiches", "nombre_pieces")
    op.drop_table("pieces")
