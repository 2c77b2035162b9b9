"""La liste publique s’importe aussi depuis une page : le worker la charge, la ligne dit où il en est.

Revision ID: 0020
Revises: 0019
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

ETATS = sa.Enum(
    "attente", "en_cours", "fini", "refuse",
    name="etatimport", native_enum=False, create_constraint=True, length=32,
)


def upgrade():
    op.create_table(
        "imports_organismes",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("nom", sa.String(100), nullable=False),
        sa.Column("essai", sa.Boolean(), nullable=False),
        sa.Column("par_id", sa.Integer(), sa.ForeignKey("comptes.id"), nullable=False),
        sa.Column("etat", ETATS, nullable=False),
        sa.Column("phrase", sa.String(300)),
        sa.Column("demande_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("vu_le", sa.DateTime(timezone=True)),
        sa.Column("fichier", sa.String(40)),
        sa.Column("rapport", sa.String(40)),
        *(
            sa.Column(nom, sa.Integer(), nullable=False)
            for nom in ("total", "lues", "crees", "actualises", "inchanges", "refuses")
        ),
    )
    op.create_index("ix_imports_organismes_etat_id", "imports_organismes", ["etat", "id"])


def downgrade():
    op.drop_table("imports_organismes")
