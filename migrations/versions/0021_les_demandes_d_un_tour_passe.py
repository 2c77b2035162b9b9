"""Une demande de réouverture restée ouverte d’un tour passé se ferme : refusée.

Its owner declared the fiche réglée in place of deciding: that was not to reopen. «Rejetée» would say that an
animateur decided. A refusal of a past round is not contested any more; the new answer is open to a new request.

Revision ID: 0021
Revises: 0020
"""

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade():
    op.execute(
        "UPDATE demandes_reouverture SET etat = 'refusee' WHERE etat IN ('demandee', 'contestee') "
        "AND tour < (SELECT saisines.tour FROM saisines WHERE saisines.id = demandes_reouverture.saisine_id)"
    )


def downgrade():
    """What was closed stays closed."""
