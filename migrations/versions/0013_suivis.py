"""Objects that accounts follow, and the family of their news.

Revision ID: 0013_suivis
Revises: 0012_filtres_gardes
"""

import sqlalchemy as sa
from alembic import op

revision = "0013_suivis"
down_revision = "0012_filtres_gardes"
branch_labels = None
depends_on = None

FAMILLES = ("a_traiter", "messages", "suites", "reponses", "avancement", "initiatives")
OBJETS = {
    "fiche": ("fiche_id", sa.Integer(), "fiches", "id"),
    "theme": ("theme_code", sa.String(length=40), "themes", "code"),
    "territoire": ("territoire_code", sa.String(length=16), "territoires", "code"),
    "acteur": ("acteur_id", sa.Integer(), "acteurs", "id"),
}


def upgrade():
    op.create_table(
        "suivis",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cle", sa.String(length=43), nullable=False),
        sa.Column("compte_id", sa.Integer(), nullable=False),
        sa.Column(
            "objet",
            sa.Enum(*OBJETS, name="objet", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        *(sa.Column(colonne, genre) for colonne, genre, _table, _cle in OBJETS.values()),
        sa.Column("depuis", sa.DateTime(timezone=True), nullable=False),
        *(
            sa.CheckConstraint(
                f"(objet = '{objet}') = ({colonne} IS NOT NULL)", name=op.f(f"ck_suivis_{objet}")
            )
            for objet, (colonne, *_reste) in OBJETS.items()
        ),
        sa.ForeignKeyConstraint(
            ["compte_id"], ["comptes.id"], name=op.f("fk_suivis_compte_id_comptes"), ondelete="CASCADE"
        ),
        *(
            sa.ForeignKeyConstraint(
                [colonne], [f"{table}.{cle}"], name=op.f(f"fk_suivis_{colonne}_{table}"), ondelete="CASCADE"
            )
            for colonne, _genre, table, cle in OBJETS.values()
        ),
        *(
            sa.UniqueConstraint(colonne, "compte_id", name=op.f(f"uq_suivis_{colonne}_compte_id"))
            for colonne, *_reste in OBJETS.values()
        ),
        sa.UniqueConstraint("cle", name=op.f("uq_suivis_cle")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suivis")),
    )
    op.create_index(op.f("ix_suivis_compte_id"), "suivis", ["compte_id"])
    _restrict_families(*FAMILLES, "suivis")


def downgrade():
    op.execute("DELETE FROM notifications WHERE famille = 'suivis'")
    op.execute("DELETE FROM receptions WHERE famille = 'suivis'")
    _restrict_families(*FAMILLES)
    op.drop_table("suivis")


def _restrict_families(*familles):
    for table in ("notifications", "receptions"):
        nom = op.f(f"ck_{table}_famille")
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(nom, type_="check")
            batch.create_check_constraint(nom, f"famille IN {familles}")
