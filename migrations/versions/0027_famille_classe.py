"""Let people choose how often they are told of what their class has sent.

Revision ID: 0027_famille_classe
Revises: 0026_facettes_recherche
"""

from alembic import op

revision = "0027_famille_classe"
down_revision = "0026_facettes_recherche"
branch_labels = None
depends_on = None

FAMILLES = ("a_traiter", "messages", "suites", "reponses", "avancement", "initiatives", "suivis")


def upgrade():
    _restrict_families(*FAMILLES, "classe")


def downgrade():
    op.execute("DELETE FROM notifications WHERE famille = 'classe'")
    op.execute("DELETE FROM receptions WHERE famille = 'classe'")
    _restrict_families(*FAMILLES)


def _restrict_families(*familles):
    for table in ("notifications", "receptions"):
        nom = op.f(f"ck_{table}_famille")
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(nom, type_="check")
            batch.create_check_constraint(nom, f"famille IN {familles}")
