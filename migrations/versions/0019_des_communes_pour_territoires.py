"""Un territoire peut être une commune.

Revision ID: 0019
Revises: 0018
"""

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

AVANT = ("region", "departement", "zone_emploi")


def _remplacer(niveaux):
    liste = ", ".join(f"'{niveau}'" for niveau in niveaux)
    with op.batch_alter_table("territoires") as batch:
        batch.drop_constraint(op.f("ck_territoires_niveau"), type_="check")
        batch.create_check_constraint("niveau", f"niveau IN ({liste})")


def upgrade():
    _remplacer((*AVANT, "commune"))


def downgrade():
    _remplacer(AVANT)
