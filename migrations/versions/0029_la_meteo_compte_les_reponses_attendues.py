"""La résolution compte les fiches dont la réponse était attendue : les jours gardés sont à recompter.

Revision ID: 0029
Revises: 0028
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade():
    op.drop_index("ix_etapes_traitements", table_name="etapes")
    op.execute(
        "INSERT INTO meteo_reprises (depuis) "
        "SELECT premier FROM (SELECT min(jour) AS premier FROM meteo_jours) AS jours WHERE premier IS NOT NULL"
    )


def downgrade():
    traitements = sa.text("nature IN ('reponse', 'reglement', 'abandon')")
    op.create_index(
        "ix_etapes_traitements", "etapes", ["le"], sqlite_where=traitements, postgresql_where=traitements
    )
