"""Passer la main : une saisine change de responsable, une étape perd son texte, l’histoire dit davantage.

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_ANCIENNES = (
    "depot",
    "publication",
    "retrait",
    "orientation",
    "prise_en_charge",
    "etape",
    "reponse",
    "reglement",
    "abandon",
    "reouverture",
    "avis",
    "demande_reouverture",
    "refus_reouverture",
    "contestation",
    "rejet_reouverture",
)
_NOUVELLES = ("retablissement", "elargissement", "transfert", "precision", "plus_actuelle")


def _nature(*valeurs):
    return sa.Enum(*valeurs, name="natureetape", native_enum=False, create_constraint=True, length=32)


def upgrade():
    op.add_column("saisines", sa.Column("transferee_le", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("etapes") as batch:
        batch.add_column(sa.Column("masquee_le", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("masquee_motif", sa.Text(), nullable=True))
        batch.create_check_constraint("masquee", "(masquee_le IS NULL) = (masquee_motif IS NULL)")
        batch.alter_column(
            "nature",
            existing_type=_nature(*_ANCIENNES),
            type_=_nature(*_ANCIENNES, *_NOUVELLES),
            existing_nullable=False,
        )
    op.create_table(
        "transferts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("saisine_id", sa.Integer(), nullable=False),
        sa.Column("etape_id", sa.Integer(), nullable=False),
        sa.Column("de_id", sa.Integer(), nullable=False),
        sa.Column("vers_id", sa.Integer(), nullable=False),
        sa.Column("le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("echeance_avant", sa.Date(), nullable=False),
        sa.Column("echeance_apres", sa.Date(), nullable=False),
        sa.CheckConstraint("de_id <> vers_id", name=op.f("ck_transferts_autre")),
        sa.CheckConstraint("echeance_apres >= echeance_avant", name=op.f("ck_transferts_echeance")),
        sa.ForeignKeyConstraint(
            ["saisine_id"], ["saisines.id"], name=op.f("fk_transferts_saisine_id_saisines")
        ),
        sa.ForeignKeyConstraint(["etape_id"], ["etapes.id"], name=op.f("fk_transferts_etape_id_etapes")),
        sa.ForeignKeyConstraint(["de_id"], ["acteurs.id"], name=op.f("fk_transferts_de_id_acteurs")),
        sa.ForeignKeyConstraint(["vers_id"], ["acteurs.id"], name=op.f("fk_transferts_vers_id_acteurs")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transferts")),
        sa.UniqueConstraint("etape_id", name=op.f("uq_transferts_etape_id")),
    )
    op.create_index(op.f("ix_transferts_saisine_id"), "transferts", ["saisine_id"])
    op.create_index(op.f("ix_transferts_de_id_le"), "transferts", ["de_id", "le"])


def downgrade():
    op.drop_table("transferts")
    etapes = sa.table("etapes", sa.column("nature", sa.String))
    op.execute(etapes.update().where(etapes.c.nature.in_(_NOUVELLES)).values(nature="etape"))
    with op.batch_alter_table("etapes") as batch:
        batch.drop_constraint(op.f("ck_etapes_masquee"), type_="check")
        batch.alter_column(
            "nature",
            existing_type=_nature(*_ANCIENNES, *_NOUVELLES),
            type_=_nature(*_ANCIENNES),
            existing_nullable=False,
        )
        batch.drop_column("masquee_motif")
        batch.drop_column("masquee_le")
    op.drop_column("saisines", "transferee_le")
