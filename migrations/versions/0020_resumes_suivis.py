"""Digests of addresses, and how long they are kept; the étapes of a day.

Revision ID: 0020_resumes_suivis
Revises: 0019_recherche
"""

import sqlalchemy as sa
from alembic import op

revision = "0020_resumes_suivis"
down_revision = "0019_recherche"
branch_labels = None
depends_on = None

DATES = ("resume_le", "renouvele_le")


def upgrade():
    for colonne in (*DATES, "rappel_le"):
        op.add_column("abonnes", sa.Column(colonne, sa.DateTime(timezone=True)))
    for colonne in DATES:
        op.create_index(op.f(f"ix_abonnes_{colonne}"), "abonnes", [colonne])
    confirme = "(SELECT max(confirme_le) FROM suivis WHERE abonne_id = abonnes.id)"
    op.execute(f"UPDATE abonnes SET renouvele_le = {confirme}")
    op.create_index(op.f("ix_etapes_le_id"), "etapes", ["le", "id"])


def downgrade():
    op.drop_index(op.f("ix_etapes_le_id"), "etapes")
    for colonne in DATES:
        op.drop_index(op.f(f"ix_abonnes_{colonne}"), "abonnes")
    for colonne in (*DATES, "rappel_le"):
        op.drop_column("abonnes", colonne)
