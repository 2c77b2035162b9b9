"""Le nom d’un acteur, tel qu’on le cherche : sans accents, sans majuscules, sans ponctuation.

Revision ID: 0023
Revises: 0022
"""

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

ACTEURS = sa.table("acteurs", sa.column("id"), sa.column("nom"), sa.column("nom_cherche"))


def fold(texte):
    decompose = unicodedata.normalize("NFKD", texte.casefold().replace("œ", "oe").replace("æ", "ae"))
    return "".join(c if c.isalnum() else " " for c in decompose if not unicodedata.combining(c))


def upgrade():
    op.add_column("acteurs", sa.Column("nom_cherche", sa.Text()))
    plies = [
        {"cle": cle, "plie": fold(nom)}
        for cle, nom in op.get_bind().execute(sa.select(ACTEURS.c.id, ACTEURS.c.nom))
    ]
    if plies:
        celui_ci = ACTEURS.c.id == sa.bindparam("cle")
        op.get_bind().execute(sa.update(ACTEURS).where(celui_ci).values(nom_cherche=sa.bindparam("plie")), plies)
    with op.batch_alter_table("acteurs") as batch:
        batch.alter_column("nom_cherche", existing_type=sa.Text(), nullable=False)


def downgrade():
    op.drop_column("acteurs", "nom_cherche")
