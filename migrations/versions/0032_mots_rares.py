"""Let PostgreSQL know the frequency of ten times as many words of the search index.

Revision ID: 0032_mots_rares
Revises: 0031_attestations
"""

from alembic import op

revision = "0032_mots_rares"
down_revision = "0031_attestations"
branch_labels = None
depends_on = None


def upgrade():
    _keep(1000)


def downgrade():
    _keep(-1)


def _keep(number):
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"ALTER TABLE recherche_plein_texte ALTER COLUMN vecteur SET STATISTICS {number}")
