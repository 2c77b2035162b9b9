"""Transfers that the former owner takes back.

Revision ID: 0003_transferts_annules
Revises: 0002_modeles_et_brouillons
"""

import sqlalchemy as sa
from alembic import op

revision = "0003_transferts_annules"
down_revision = "0002_modeles_et_brouillons"
branch_labels = None
depends_on = None

ECHEANCE = "echeance_apres >= echeance_avant"


def upgrade():
    with op.batch_alter_table("transferts") as batch:
        batch.drop_constraint(op.f("ck_transferts_echeance"), type_="check")
        batch.add_column(sa.Column("prise_en_charge_avant", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("prise_en_charge_due_avant", sa.Date(), nullable=True))
        batch.add_column(sa.Column("annule_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_transferts_annule_id_transferts"), "transferts", ["annule_id"], ["id"]
        )
        batch.create_unique_constraint(op.f("uq_transferts_annule_id"), ["annule_id"])
        batch.create_check_constraint(
            op.f("ck_transferts_echeance"), f"annule_id IS NOT NULL OR {ECHEANCE}"
        )


def downgrade():
    op.execute("DELETE FROM transferts WHERE annule_id IS NOT NULL")
    with op.batch_alter_table("transferts") as batch:
        batch.drop_constraint(op.f("ck_transferts_echeance"), type_="check")
        batch.drop_constraint(op.f("uq_transferts_annule_id"), type_="unique")
        batch.drop_constraint(op.f("fk_transferts_annule_id_transferts"), type_="foreignkey")
        batch.drop_column("annule_id")
        batch.drop_column("prise_en_charge_due_avant")
        batch.drop_column("prise_en_charge_avant")
        batch.create_check_constraint(op.f("ck_transferts_echeance"), ECHEANCE)
