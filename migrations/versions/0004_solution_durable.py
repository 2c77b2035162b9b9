"""Ask whether a problem declared solved has come back.

Revision ID: 0004_solution_durable
Revises: 0003_transferts_annules
"""

import sqlalchemy as sa
from alembic import op

revision = "0004_solution_durable"
down_revision = "0003_transferts_annules"
branch_labels = None
depends_on = None

NATURES = (
    "depot",
    "publication",
    "retrait",
    "retablissement",
    "orientation",
    "elargissement",
    "transfert",
    "precision",
    "plus_actuelle",
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
A_DEMANDER = "statut = 'reglee' AND durabilite_demandee_le IS NULL"


def upgrade():
    _allow_natures((*NATURES, "durable", "revenu"))
    with op.batch_alter_table("saisines") as batch:
        batch.add_column(sa.Column("durabilite_demandee_le", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("est_durable", sa.Boolean(), nullable=True))
        batch.create_check_constraint(
            op.f("ck_saisines_durable"), "est_durable IS NULL OR durabilite_demandee_le IS NOT NULL"
        )
    op.create_index(
        "ix_saisines_reglees",
        "saisines",
        ["traitee_le", "id"],
        sqlite_where=sa.text(A_DEMANDER),
        postgresql_where=sa.text(A_DEMANDER),
    )


def downgrade():
    op.drop_index("ix_saisines_reglees", "saisines")
    with op.batch_alter_table("saisines") as batch:
        batch.drop_constraint(op.f("ck_saisines_durable"), type_="check")
        batch.drop_column("est_durable")
        batch.drop_column("durabilite_demandee_le")
    op.execute("UPDATE etapes SET nature = 'etape' WHERE nature IN ('durable', 'revenu')")
    _allow_natures(NATURES)


def _allow_natures(natures):
    name = op.f("ck_etapes_natureetape")
    with op.batch_alter_table("etapes") as batch:
        batch.drop_constraint(name, type_="check")
        batch.create_check_constraint(name, f"nature IN {natures}")
