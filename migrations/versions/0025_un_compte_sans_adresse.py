"""Un compte sans adresse : un identifiant, imprimé sur la feuille, suffit avec le mot de passe.

Revision ID: 0025
Revises: 0024
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("comptes") as batch:
        batch.add_column(sa.Column("identifiant", sa.String(length=40), nullable=True))
        batch.create_unique_constraint("uq_comptes_identifiant", ["identifiant"])
        batch.drop_constraint(op.f("ck_comptes_joignable"), type_="check")
        batch.create_check_constraint(
            "reconnaissable", "courriel IS NOT NULL OR identifiant IS NOT NULL OR mot_de_passe IS NULL"
        )


def downgrade():
    op.execute("UPDATE comptes SET mot_de_passe = NULL WHERE courriel IS NULL")
    with op.batch_alter_table("comptes") as batch:
        batch.drop_constraint(op.f("ck_comptes_reconnaissable"), type_="check")
        batch.create_check_constraint("joignable", "courriel IS NOT NULL OR mot_de_passe IS NULL")
        batch.drop_constraint("uq_comptes_identifiant", type_="unique")
        batch.drop_column("identifiant")
