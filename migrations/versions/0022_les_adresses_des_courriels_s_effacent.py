"""Une semaine après l’envoi, un courriel ne garde plus d’adresse ni de sujet.

Revision ID: 0022
Revises: 0021
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

EFFACES = (("destinataire", 254), ("sujet", 250))


def _garder(condition):
    """The index of what is still to be purged."""
    restent = sa.text(condition)
    op.create_index(
        "ix_courriels_a_purger",
        "courriels",
        ["envoye_le"],
        sqlite_where=restent,
        postgresql_where=restent,
    )


def upgrade():
    op.drop_index("ix_courriels_a_purger", "courriels")
    with op.batch_alter_table("courriels") as batch:
        for nom, taille in EFFACES:
            batch.alter_column(nom, existing_type=sa.String(taille), nullable=True)
    _garder("destinataire IS NOT NULL")


def downgrade():
    op.drop_index("ix_courriels_a_purger", "courriels")
    op.execute("UPDATE courriels SET destinataire = coalesce(destinataire, ''), sujet = coalesce(sujet, '')")
    with op.batch_alter_table("courriels") as batch:
        for nom, taille in EFFACES:
            batch.alter_column(nom, existing_type=sa.String(taille), nullable=False)
    _garder("texte IS NOT NULL")
