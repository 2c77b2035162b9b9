"""L’annuaire se tient : ce qui y change laisse une trace, deux personnes à la fois se voient, un thème se retire.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_NATURES = (
    "creation",
    "champ",
    "competence_ajoutee",
    "competence_retiree",
    "arrivee",
    "referent",
    "plus_referent",
    "depart",
    "fermeture",
    "reouverture",
    "retrait",
    "retour",
)
_ROLES = ("referent", "animation", "administration", "liste")
_UN_OBJET = (
    "(CASE WHEN acteur_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN theme_code IS NULL THEN 0 ELSE 1 END)"
    " + (CASE WHEN territoire_code IS NULL THEN 0 ELSE 1 END) = 1"
)
_INDEX = (["acteur_id", "id"], ["theme_code"], ["territoire_code"], ["compte_id"], ["par_id"])


def _enum(name, values):
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def _key(column, table, target, ondelete):
    name = op.f(f"fk_changements_{column}_{table}")
    return sa.ForeignKeyConstraint([column], [f"{table}.{target}"], name=name, ondelete=ondelete)


def upgrade():
    op.create_table(
        "changements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("nature", _enum("naturechangement", _NATURES), nullable=False),
        sa.Column("acteur_id", sa.Integer(), nullable=True),
        sa.Column("theme_code", sa.String(length=40), nullable=True),
        sa.Column("territoire_code", sa.String(length=16), nullable=True),
        sa.Column("champ", sa.String(length=40), nullable=True),
        sa.Column("avant", sa.String(length=400), nullable=True),
        sa.Column("apres", sa.String(length=400), nullable=True),
        sa.Column("compte_id", sa.Integer(), nullable=True),
        sa.Column("par_id", sa.Integer(), nullable=True),
        sa.Column("par_role", _enum("roleauteur", _ROLES), nullable=False),
        sa.CheckConstraint(_UN_OBJET, name=op.f("ck_changements_un_objet")),
        _key("acteur_id", "acteurs", "id", "CASCADE"),
        _key("theme_code", "themes", "code", "CASCADE"),
        _key("territoire_code", "territoires", "code", "CASCADE"),
        _key("compte_id", "comptes", "id", "SET NULL"),
        _key("par_id", "comptes", "id", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_changements")),
    )
    for columns in _INDEX:
        op.create_index(op.f(f"ix_changements_{'_'.join(columns)}"), "changements", columns)
    for table in ("acteurs", "territoires", "themes"):
        op.add_column(table, sa.Column("version", sa.Integer(), server_default="1", nullable=False))
    for table in ("territoires", "themes"):
        op.add_column(table, sa.Column("importe", sa.JSON(), nullable=True))
    op.add_column("themes", sa.Column("retire_le", sa.Date(), nullable=True))
    op.create_index(op.f("ix_comptes_nom_prenom_id"), "comptes", ["nom", "prenom", "id"])


def downgrade():
    op.drop_index(op.f("ix_comptes_nom_prenom_id"), "comptes")
    with op.batch_alter_table("themes") as batch:
        batch.drop_column("retire_le")
        batch.drop_column("importe")
        batch.drop_column("version")
    with op.batch_alter_table("territoires") as batch:
        batch.drop_column("importe")
        batch.drop_column("version")
    with op.batch_alter_table("acteurs") as batch:
        batch.drop_column("version")
    op.drop_table("changements")
