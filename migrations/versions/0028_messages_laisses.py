"""Note that an animateur has read a reported message and left it, and find the reports that wait.

Revision ID: 0028_messages_laisses
Revises: 0027_famille_classe
"""

import sqlalchemy as sa
from alembic import op

revision = "0028_messages_laisses"
down_revision = "0027_famille_classe"
branch_labels = None
depends_on = None

_TABLE, _INDEX = "messages_echanges", "ix_messages_echanges_a_examiner"
_CHECK = "ck_messages_echanges_laisse"
_OU = sa.text("signale_le IS NOT NULL AND masque_le IS NULL AND laisse_le IS NULL")


def upgrade():
    with op.batch_alter_table(_TABLE) as batch:
        batch.add_column(sa.Column("laisse_le", sa.DateTime(timezone=True)))
        batch.create_check_constraint(op.f(_CHECK), "laisse_le IS NULL OR signale_le IS NOT NULL")
    op.create_index(_INDEX, _TABLE, ["signale_le", "id"], sqlite_where=_OU, postgresql_where=_OU)


def downgrade():
    op.drop_index(_INDEX, _TABLE)
    with op.batch_alter_table(_TABLE) as batch:
        batch.drop_constraint(op.f(_CHECK), type_="check")
        batch.drop_column("laisse_le")
