"""Ce que chacun a écrit dans l’heure se compte sans lire tout le journal.

Revision ID: 0028
Revises: 0027
"""

from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade():
    op.create_index("ix_journal_compte_id_action_le", "journal", ["compte_id", "action", "le"])


def downgrade():
    op.drop_index("ix_journal_compte_id_action_le", "journal")
