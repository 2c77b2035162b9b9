"""Les demandes pour porter une initiative : qui la porte, ou l’équipe d’animation, en décide.

Revision ID: 0024
Revises: 0023
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

ATTEND = sa.text("etat = 'attend'")
ETATS = ("attend", "acceptee", "declinee", "retiree")


def upgrade():
    op.create_table(
        "initiatives_demandes",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("initiative_id", sa.Integer(), sa.ForeignKey("initiatives.id"), nullable=False),
        sa.Column("promotion_id", sa.Integer(), sa.ForeignKey("promotions.id")),
        sa.Column("acteur_id", sa.Integer(), sa.ForeignKey("acteurs.id")),
        sa.Column("organisme_id", sa.Integer(), sa.ForeignKey("acteurs.id"), nullable=False),
        sa.Column(
            "etat",
            sa.Enum(*ETATS, name="etat", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("demandee_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("demandeur_id", sa.Integer(), sa.ForeignKey("comptes.id", ondelete="SET NULL")),
        sa.Column("decidee_le", sa.DateTime(timezone=True)),
        sa.Column("mot", sa.Text()),
        sa.CheckConstraint("(promotion_id IS NULL) <> (acteur_id IS NULL)", name="qui"),
        sa.CheckConstraint("(etat = 'attend') = (decidee_le IS NULL)", name="decidee"),
        sa.CheckConstraint("(etat = 'declinee') = (mot IS NOT NULL)", name="mot"),
    )
    for equipe in ("promotion", "acteur"):
        op.create_index(
            f"ix_initiatives_demandes_{equipe}",
            "initiatives_demandes",
            ["initiative_id", f"{equipe}_id"],
            unique=True,
            sqlite_where=ATTEND,
            postgresql_where=ATTEND,
        )
    op.create_index(op.f("ix_initiatives_demandes_organisme_id"), "initiatives_demandes", ["organisme_id"])


def downgrade():
    op.drop_table("initiatives_demandes")
