"""Find the unread threads of a person by indexes alone.

Revision ID: 0014_index_des_fils
Revises: 0013_suivis
"""

from alembic import op

revision = "0014_index_des_fils"
down_revision = "0013_suivis"
branch_labels = None
depends_on = None

_COTES = ("acteur_id", "promotion_id")
_LECTURES = ("compte_id", "saisine_id", "message_id")


def upgrade():
    for cote in _COTES:
        op.drop_index(f"ix_fils_echanges_{cote}", "fils_echanges")
        colonnes = [cote, "dernier_id", "saisine_id"]
        op.create_index(f"ix_fils_echanges_{'_'.join(colonnes)}", "fils_echanges", colonnes)
    op.create_index(f"ix_lectures_echanges_{'_'.join(_LECTURES)}", "lectures_echanges", _LECTURES)


def downgrade():
    op.drop_index(f"ix_lectures_echanges_{'_'.join(_LECTURES)}", "lectures_echanges")
    for cote in _COTES:
        op.drop_index(f"ix_fils_echanges_{cote}_dernier_id_saisine_id", "fils_echanges")
        op.create_index(f"ix_fils_echanges_{cote}", "fils_echanges", [cote])
