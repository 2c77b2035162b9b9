"""Les élections : chaque promotion élit, ou un procès-verbal dit que personne n’a pu l’être.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "elections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cle", sa.String(length=36), nullable=False),
        sa.Column("promotion_id", sa.Integer(), nullable=False),
        sa.Column(
            "nature",
            sa.Enum(
                "resultat",
                "carence",
                name="natureelection",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("le", sa.Date(), nullable=False),
        sa.Column("tour", sa.Integer(), nullable=True),
        sa.Column("inscrits", sa.Integer(), nullable=True),
        sa.Column("votants", sa.Integer(), nullable=True),
        sa.Column("remarque", sa.String(length=1000), nullable=True),
        sa.Column("titulaire_id", sa.Integer(), nullable=True),
        sa.Column("suppleant_id", sa.Integer(), nullable=True),
        sa.Column("saisie_par_id", sa.Integer(), nullable=True),
        sa.Column("saisie_le", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "nature = 'resultat' OR (titulaire_id IS NULL AND suppleant_id IS NULL AND tour IS NULL)",
            name=op.f("ck_elections_carence"),
        ),
        sa.CheckConstraint("tour IN (1, 2)", name=op.f("ck_elections_tour")),
        sa.CheckConstraint("votants <= inscrits", name=op.f("ck_elections_votants")),
        sa.ForeignKeyConstraint(
            ["promotion_id"], ["promotions.id"], name=op.f("fk_elections_promotion_id_promotions")
        ),
        sa.ForeignKeyConstraint(
            ["saisie_par_id"],
            ["comptes.id"],
            name=op.f("fk_elections_saisie_par_id_comptes"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["suppleant_id"], ["mandats.id"], name=op.f("fk_elections_suppleant_id_mandats"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["titulaire_id"], ["mandats.id"], name=op.f("fk_elections_titulaire_id_mandats"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_elections")),
        sa.UniqueConstraint("cle", name=op.f("uq_elections_cle")),
    )
    op.create_index(op.f("ix_elections_promotion_id_le"), "elections", ["promotion_id", "le"])
    op.create_index(op.f("ix_mandats_promotion_id"), "mandats", ["promotion_id"])


def downgrade():
    op.drop_index(op.f("ix_mandats_promotion_id"), table_name="mandats")
    op.drop_table("elections")
