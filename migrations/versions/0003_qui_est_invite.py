"""Qui est invité : des jetons ouvrent un compte ; une adresse peut encore manquer.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "jetons",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column(
            "nature",
            sa.Enum(
                "connexion",
                "reinitialisation",
                "invitation",
                "code",
                "avis",
                name="naturejeton",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("compte_id", sa.Integer(), nullable=False),
        sa.Column("emis_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expire_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("utilise_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("objet_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["compte_id"], ["comptes.id"], name=op.f("fk_jetons_compte_id_comptes"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jetons")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_jetons_secret_hash")),
    )
    op.create_index(op.f("ix_jetons_compte_id_nature"), "jetons", ["compte_id", "nature"])
    op.create_index(op.f("ix_jetons_expire_le"), "jetons", ["expire_le"])
    with op.batch_alter_table("comptes") as batch:
        batch.alter_column("courriel", existing_type=sa.String(length=254), nullable=True)
        batch.create_check_constraint("joignable", "courriel IS NOT NULL OR mot_de_passe IS NULL")


def downgrade():
    with op.batch_alter_table("comptes") as batch:
        batch.drop_constraint(op.f("ck_comptes_joignable"), type_="check")
        batch.alter_column("courriel", existing_type=sa.String(length=254), nullable=False)
    op.drop_table("jetons")
