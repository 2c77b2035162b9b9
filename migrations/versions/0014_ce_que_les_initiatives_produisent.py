"""Ce que les initiatives produisent : des documents que chacun peut prendre.

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "initiatives_documents",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("initiative_id", sa.Integer(), sa.ForeignKey("initiatives.id"), nullable=False),
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
        sa.Column("fichier", sa.String(length=40), nullable=False, unique=True),
        sa.Column("vignette", sa.String(length=40), unique=True),
        sa.Column("ajoutee_le", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("taille > 0", name="taille"),
        sa.UniqueConstraint("initiative_id", "empreinte"),
    )


def downgrade():
    op.drop_table("initiatives_documents")
